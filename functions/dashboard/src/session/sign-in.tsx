/** Asks who is there. */
export function SignIn() {
  return null;
}
