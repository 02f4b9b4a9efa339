/** Something that happened, as the live function tells it. Ids grow, as text too. */
export interface LiveEvent {
  readonly id: string;
  readonly topic: string;
  readonly at: string;
  readonly data: Record<string, unknown>;
}

/** How the line is: `live`, on its way, or not there. */
export type LineState = "off" | "connecting" | "live" | "waiting";

/** What a line needs to know. */
export interface LineSettings {
  readonly url: string;
  readonly token: () => string | undefined;
  readonly topics: readonly string[];
  readonly onEvent: (event: LiveEvent) => void;
  /** What happened in between is not known any more: read everything again. */
  readonly onGap: () => void;
  readonly onState: (state: LineState) => void;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;
const PING_MS = 30_000;
const SILENCE_MS = 45_000;

/**
 * One connection to the live function that comes back by itself. It goes on after the last event that it has,
 * so nothing is missed and nothing is told twice; where that is too long ago it says so (`onGap`).
 */
export class Line {
  #socket: WebSocket | undefined;
  #last: string | undefined;
  #tries = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #ping: ReturnType<typeof setInterval> | undefined;
  #heard = 0;
  #open = false;

  constructor(readonly settings: LineSettings) {}

  /** Connects, and stays connected until `close`. */
  start(): void {
    this.#open = true;
    window.addEventListener("online", this.#now);
    window.addEventListener("offline", this.#lost);
    this.#connect();
  }

  /** Ends it. */
  close(): void {
    this.#open = false;
    window.removeEventListener("online", this.#now);
    window.removeEventListener("offline", this.#lost);
    clearTimeout(this.#retry);
    this.#drop();
    this.settings.onState("off");
  }

  #now = () => {
    this.#tries = 0;
    if (this.#socket === undefined) this.#connect();
  };

  #lost = () => {
    this.#drop();
    this.#later();
  };

  #connect(): void {
    clearTimeout(this.#retry);
    const bearer = this.settings.token();
    if (!this.#open || bearer === undefined) return;
    this.settings.onState("connecting");
    const socket = new WebSocket(this.settings.url, ["royal.live", `bearer.${bearer}`]);
    this.#socket = socket;
    socket.onopen = () => this.#subscribe(socket);
    socket.onmessage = (message) => this.#said(String(message.data));
    socket.onclose = () => {
      if (this.#socket !== socket) return;
      this.#drop();
      this.#later();
    };
  }

  #subscribe(socket: WebSocket): void {
    const after = this.#last === undefined ? {} : { after: this.#last };
    socket.send(JSON.stringify({ subscribe: this.settings.topics, ...after }));
    this.#heard = Date.now();
    this.#ping = setInterval(() => this.#beat(socket), PING_MS);
  }

  /** A line that says nothing at all is dead, whatever the browser believes. */
  #beat(socket: WebSocket): void {
    if (Date.now() - this.#heard > SILENCE_MS) this.#lost();
    else socket.send(JSON.stringify({ ping: 1 }));
  }

  #said(text: string): void {
    this.#heard = Date.now();
    const said = read(text);
    if (isEvent(said)) this.#event(said);
    else if ("gap" in said) this.settings.onGap();
    else if ("subscribed" in said) this.#subscribed(said.after);
  }

  #subscribed(after: unknown): void {
    this.#tries = 0;
    this.settings.onState("live");
    if (this.#last !== undefined || typeof after !== "string") return;
    this.#last = after;
    // What was read before the line stood may be old by now.
    this.settings.onGap();
  }

  #event(event: LiveEvent): void {
    if (this.#last !== undefined && event.id <= this.#last) return;
    this.#last = event.id;
    this.settings.onEvent(event);
  }

  #drop(): void {
    clearInterval(this.#ping);
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
  }

  #later(): void {
    if (!this.#open) return;
    this.settings.onState("waiting");
    clearTimeout(this.#retry);
    const wait = Math.min(FIRST_WAIT_MS * 2 ** this.#tries, LONGEST_WAIT_MS);
    this.#tries += 1;
    // Not everybody at once when a server comes back.
    const spread = wait * (0.5 + (crypto.getRandomValues(new Uint8Array(1))[0] ?? 0) / 512);
    this.#retry = setTimeout(() => this.#connect(), spread);
  }
}

function read(text: string): Record<string, unknown> {
  try {
    const said: unknown = JSON.parse(text);
    return typeof said === "object" && said !== null ? { ...said } : {};
  } catch {
    return {};
  }
}

function isEvent(said: Record<string, unknown>): said is Record<string, unknown> & LiveEvent {
  return typeof said.id === "string" && typeof said.topic === "string" && typeof said.data === "object";
}
