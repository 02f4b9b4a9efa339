import { Inert } from "./inert";

/** The word for a name of ours; one that the page does not know is shown as the text that it is. */
export function Word({ of, among }: { of: string; among: Readonly<Record<string, string>> }) {
  return Object.hasOwn(among, of) ? among[of] : <Inert text={of} most={80} brief />;
}

/** The same as a text: give it to `Inert`. */
export function wordFor(of: string, among: Readonly<Record<string, string>>): string {
  return Object.hasOwn(among, of) ? (among[of] ?? of) : of;
}
