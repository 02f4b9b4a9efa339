import { closeSync, openSync, readSync } from "node:fs";
import { constants, inflateRawSync } from "node:zlib";
import type { Environment } from "../environments.ts";

/** What ELF calls a processor (`e_machine`), and what Lambda does. */
const MACHINES: Readonly<Record<number, Environment["architecture"]>> = { 62: "x86_64", 183: "arm64" };
/** As much of a zip as holds the head of its first file. */
const HEAD = 64 * 1024;

/** For which processor the program in a zip of cargo-lambda was built; nothing where that cannot be seen. */
export function machineOf(zip: string): Environment["architecture"] | undefined {
  const head = firstFile(read(zip));
  const isElf = head?.subarray(0, 4).equals(Buffer.from("\x7fELF", "latin1"));
  return head && isElf && head.length >= 20 ? MACHINES[head.readUInt16LE(18)] : undefined;
}

function read(path: string): Buffer {
  const file = openSync(path, "r");
  try {
    const buffer = Buffer.alloc(HEAD);
    return buffer.subarray(0, readSync(file, buffer, 0, HEAD, 0));
  } finally {
    closeSync(file);
  }
}

/** The beginning of the first file in a zip ("local file header" of PKWARE's APPNOTE, 4.3.7). */
function firstFile(zip: Buffer): Buffer | undefined {
  if (zip.length < 30 || zip.readUInt32LE(0) !== 0x04034b50) return undefined;
  const content = zip.subarray(30 + zip.readUInt16LE(26) + zip.readUInt16LE(28));
  const isDeflated = zip.readUInt16LE(8) === 8;
  return isDeflated ? inflateRawSync(content, { finishFlush: constants.Z_SYNC_FLUSH }) : content;
}
