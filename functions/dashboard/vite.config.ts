/// <reference types="vitest/config" />

import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** The system that a page under development talks to. */
const system = process.env.ROYAL ?? "http://127.0.0.1:4700";
const proxied = ["/api", "/token", "/authorize", "/config.json", "/openapi.json", "/docs"];

/** What every view needs goes into one file: it packs smaller than a dozen of them, and is fetched at once. */
const LIBRARIES =
  /[\\/]node_modules[\\/](react|react-dom|scheduler|openapi-fetch|use-sync-external-store)[\\/]/;
const TANSTACK =
  /[\\/]@tanstack[\\/](history|store|react-store|router-core|react-router|query-core|react-query)[\\/]/;
const OURS =
  /[\\/]src[\\/](main|app[\\/](router|shell|states|theme|sections|later)|api[\\/](client|control|problem|write)|live[\\/]index|i18n[\\/](index|formats|locale|words)|session[\\/](token|me|config|use-token)|ui[\\/](button|notice|time|tier|inert[\\/]))/;
const isBase = (module: string) => [LIBRARIES, TANSTACK, OURS].some((part) => part.test(module));

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "~": fileURLToPath(new URL("src", import.meta.url)) } },
  build: {
    target: "es2023",
    sourcemap: false,
    // Everything from files of our own, so that the page's policy can forbid the rest.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      output: { codeSplitting: { groups: [{ name: "base", test: isBase }] } },
      onLog(level, log, report) {
        if (log.code !== "MODULE_LEVEL_DIRECTIVE") report(level, log);
      },
    },
  },
  server: {
    proxy: {
      ...Object.fromEntries(proxied.map((path) => [path, system])),
      "/live": { target: system, ws: true },
    },
  },
  test: { environment: "jsdom", include: ["src/**/*.test.{ts,tsx}"], restoreMocks: true },
});
