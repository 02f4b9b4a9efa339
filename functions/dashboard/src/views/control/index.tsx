/** To come. */
export function ControlView() {
  return null;
}
