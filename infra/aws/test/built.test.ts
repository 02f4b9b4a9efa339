import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { afterEach, expect, test, vi } from "vitest";
import { assertBuilt } from "../lib/functions/code.ts";
import { machineOf } from "../lib/functions/machine.ts";
import { folder } from "./synth.ts";

/** A zip whose only file is a program for this machine, as far as anybody looks. */
function zip(machine: number, deflated = true): Buffer {
  const program = Buffer.alloc(200_000, 7);
  program.write("\x7fELF", "latin1");
  program.writeUInt16LE(machine, 18);
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(deflated ? 8 : 0, 8);
  head.writeUInt16LE("bootstrap".length, 26);
  return Buffer.concat([head, Buffer.from("bootstrap"), deflated ? deflateRawSync(program) : program]);
}

function built(name: string, content: Buffer): string {
  const target = folder();
  vi.stubEnv("CARGO_TARGET_DIR", target);
  mkdirSync(join(target, "lambda", name), { recursive: true });
  const path = join(target, "lambda", name, "bootstrap.zip");
  writeFileSync(path, content);
  return path;
}

afterEach(() => vi.unstubAllEnvs());

test.each([
  [zip(0xb7), "arm64"],
  [zip(0x3e), "x86_64"],
  [zip(0x3e, false), "x86_64"],
  [zip(0x08), undefined],
  [Buffer.from("no zip"), undefined],
])("the processor of a program is seen in its zip (%#)", (content, machine) => {
  expect(machineOf(built("gate", content))).toBe(machine);
});

test("what was not built is not deployed, and the command that builds it is said", () => {
  built("gate", zip(0xb7));
  const asked = { assets: "built", architecture: "arm64" } as const;
  expect(() => assertBuilt(["gate"], asked)).not.toThrow();
  expect(() => assertBuilt(["gate", "relay", "live"], asked)).toThrow(
    /not built: relay, live: run `just build`/,
  );
  expect(() => assertBuilt(["relay"], { ...asked, assets: "placeholder" })).not.toThrow();
});

test("what was built for another processor is not deployed", () => {
  built("gate", zip(0x3e));
  expect(() => assertBuilt(["gate"], { assets: "built", architecture: "arm64" })).toThrow(
    /not built for arm64: gate/,
  );
});
