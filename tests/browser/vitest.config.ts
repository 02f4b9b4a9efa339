import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["*.test.ts"],
    // One system and one browser at a time: two processors are shared.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A machine that does much else takes its time; what never comes is found out all the same.
    expect: { poll: { timeout: 20_000 } },
    reporters: ["verbose"],
  },
});
