import { useSyncExternalStore } from "react";
import { onToken, token } from "./token";

/** The bearer token, as long as somebody is signed in. */
export function useToken(): string | undefined {
  return useSyncExternalStore(onToken, token);
}
