/** To come. */
export function Inbox() {
  return null;
}
