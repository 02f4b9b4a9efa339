/** Comes back from signing in. */
export function SignedIn() {
  return null;
}
