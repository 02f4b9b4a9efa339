import { useSyncExternalStore } from "react";
import { onPhase, onToken, type Phase, phase, token } from "./token";

/** The bearer token, as long as somebody is signed in. */
export function useToken(): string | undefined {
  return useSyncExternalStore(onToken, token);
}

const now = () => phase();

/** How far the session is. */
export function usePhase(): Phase {
  return useSyncExternalStore(onPhase, now);
}
