import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // The CDK's own checks take seconds to start: they run with ours, where those are asked for.
    env: { CDK_VALIDATION: "false" },
  },
});
