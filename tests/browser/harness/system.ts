import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
/** The program under test. */
const ROYAL = process.env.ROYAL ?? "target/debug/royal";
const START_MS = 30_000;
const WAIT_MS = 30_000;

export type Role = "owner" | "finance" | "operations" | "marketing" | "support" | "auditor" | "agent";

/** What the API says of a request or an action, as far as tests look at it. */
export interface Thing {
  readonly id: string;
  readonly status: string;
  readonly tier?: string;
  readonly digest?: string;
  readonly willHappen: string;
  readonly actionType: string;
}

/** The real program on ports of its own, with state of its own. */
export class System {
  private constructor(
    readonly url: string,
    private readonly process: ChildProcess,
    private readonly folder: string,
  ) {}

  /** Starts it; its scout finds nothing unless `flags` name a feed, or none, and `orders` are bought in a minute. */
  static async start(flags: readonly string[] = ["--feed", "tests/browser/harness/empty.csv"], orders = 0): Promise<System> {
    const folder = await mkdtemp(join(tmpdir(), "royal-browser-"));
    const args = ["--no-page", "--orders", String(orders), "--port", "0", "--state", join(folder, "state"), ...flags];
    const child = spawn(ROYAL, args, { cwd: ROOT, stdio: ["ignore", "pipe", "inherit"] });
    return new System(await address(child), child, folder);
  }

  /** Ends it and forgets its state. */
  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.kill("SIGKILL");
    await ended;
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Stops answering without ending: as a network does that is gone. */
  freeze(): void {
    this.process.kill("SIGSTOP");
  }

  /** Answers again. */
  thaw(): void {
    this.process.kill("SIGCONT");
  }

  /** A token for a person of the sandbox. */
  async token(role: Role, person?: string): Promise<string> {
    const form = new URLSearchParams({ role, ...(person === undefined ? {} : { person }) });
    const given = await fetch(`${this.url}/token`, { method: "POST", body: form });
    return ((await given.json()) as { token: string }).token;
  }

  /** Calls the API as somebody; anything but a success throws with the server's words. */
  async call<T>(token: string, method: string, path: string, body?: unknown): Promise<T> {
    for (;;) {
      const response = await fetch(`${this.url}/api/v1/${path}`, {
        method,
        headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (response.status === 429) {
        await sleep(1000 * Number(response.headers.get("Retry-After") ?? 1));
        continue;
      }
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
      return (text === "" ? undefined : JSON.parse(text)) as T;
    }
  }

  /** Proposes an action as somebody, and waits until policy has judged it. */
  async propose(token: string, action: object, words: Partial<Words> = {}): Promise<Thing> {
    const told = { ...WORDS, ...words };
    const { id } = await this.call<{ id: string }>(token, "POST", "actions", { action, case: told });
    return this.until(token, id, (thing) => thing.status !== "PROPOSED");
  }

  /** The action, as soon as it is as it should be. */
  async until(token: string, id: string, is: (thing: Thing) => boolean): Promise<Thing> {
    const end = Date.now() + WAIT_MS;
    let last: unknown;
    while (Date.now() < end) {
      const thing = await this.call<Thing>(token, "GET", `actions/${id}`).catch((error: unknown) => error);
      if (!(thing instanceof Error) && is(thing as Thing)) return thing as Thing;
      last = thing;
      await sleep(50);
    }
    throw new Error(`action ${id} did not come to be as expected: ${JSON.stringify(last)}`);
  }
}

/** The words that go with a proposal. */
export interface Words {
  title: string;
  description: string;
  reasoning: string;
  dataSources: string[];
  riskFactors: string[];
  missing: string[];
  impact: object;
  alternatives: object[];
}

const WORDS: Words = {
  title: "A bill",
  description: "It came by mail.",
  reasoning: "It is due.",
  dataSources: ["the mailbox"],
  riskFactors: [],
  missing: [],
  impact: {},
  alternatives: [],
};

/** Waits. */
export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Where it says that its page is. */
function address(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const said: string[] = [];
    const late = setTimeout(() => reject(new Error(`no address within time:\n${said.join("\n")}`)), START_MS);
    child.once("exit", (code) => reject(new Error(`it ended with ${code}:\n${said.join("\n")}`)));
    if (!child.stdout) return;
    createInterface({ input: child.stdout }).on("line", (line) => {
      said.push(line);
      const found = /^\s*API\s+(http:\/\/[^/\s]+)/.exec(line)?.[1];
      if (found === undefined) return;
      clearTimeout(late);
      resolve(found);
    });
  });
}
