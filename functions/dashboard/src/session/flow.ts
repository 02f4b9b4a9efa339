import type { Config } from "./config";
import { here, keepPending, takePending } from "./pending";
import { setToken } from "./token";

/** The window in which somebody signs in beside the page. */
const WINDOW = "royal-sign-in";
const CHANNEL = "royal.sign-in";
const SIZE = "popup,width=520,height=760";
/** How long that window waits to hear that the page has its answer. */
const HEARD_MS = 1_500;
const CLOSED_MS = 500;

/** That somebody signed out here: the issuer may still know them, and whoever comes next is to be asked. */
const LEFT = "royal.left";

/** Only who signs in needs it. */
const oidc = () => import("./oidc");

/** Signs in in this window, and comes back to where one is. `again` has the issuer ask even whom it knows. */
export async function signIn(config: Config, again = false): Promise<void> {
  const { question } = await oidc();
  const { url, pending } = await question(config, here(), again || sessionStorage.getItem(LEFT) !== null);
  keepPending(pending);
  location.assign(url);
}

/**
 * Signs in in a window of its own, so that the page stays as it is; in this one where no other opens.
 * Says whether somebody signed in.
 */
export async function signInBeside(config: Config): Promise<boolean> {
  const beside = window.open("", WINDOW, SIZE);
  if (beside === null) {
    await signIn(config);
    return false;
  }
  const { question, answered } = await oidc();
  const { url, pending } = await question(config, here(), false);
  keepPending(pending);
  const answer = answerTo(pending.state, beside);
  beside.location.replace(url);
  const search = await answer;
  if (search === undefined) return false;
  takePending(pending.state);
  setToken(await answered(config, search, pending));
  return true;
}

/** The issuer's answer, as the other window hands it over; nothing if that is closed before. */
function answerTo(state: string, beside: Window): Promise<string | undefined> {
  return new Promise((resolve) => {
    const channel = new BroadcastChannel(CHANNEL);
    const done = (search?: string) => {
      channel.close();
      clearInterval(watch);
      resolve(search);
    };
    channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (typeof data !== "string" || new URLSearchParams(data).get("state") !== state) return;
      channel.postMessage({ heard: state });
      done(data);
    };
    const watch = setInterval(() => beside.closed && done(), CLOSED_MS);
  });
}

/** Hands the answer to the page that opened this window, if there is one; says whether it has it. */
export function handOver(search: string): Promise<boolean> {
  if (window.name !== WINDOW) return Promise.resolve(false);
  const state = new URLSearchParams(search).get("state");
  return new Promise((resolve) => {
    const channel = new BroadcastChannel(CHANNEL);
    const done = (heard: boolean) => {
      channel.close();
      clearTimeout(wait);
      resolve(heard);
    };
    channel.onmessage = ({ data }: MessageEvent<{ heard?: unknown } | null>) => {
      if (data?.heard === state) done(true);
    };
    const wait = setTimeout(() => done(false), HEARD_MS);
    channel.postMessage(search);
  });
}

/** Signs out, in this window. */
export function leave(): void {
  sessionStorage.setItem(LEFT, "1");
  setToken(undefined);
}

/** Signs in with the issuer's answer. Says where to go on; nothing if nobody here asked. */
export async function finish(config: Config, search: string): Promise<string | undefined> {
  const pending = takePending(new URLSearchParams(search).get("state"));
  if (pending === undefined) return undefined;
  const { answered } = await oidc();
  setToken(await answered(config, search, pending));
  sessionStorage.removeItem(LEFT);
  return pending.back;
}
