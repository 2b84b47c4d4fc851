// How the page is built: into dist/, with hashed names and a manifest that the service reads.
import { defineConfig } from "vitest/config";

export default defineConfig({
  base: "/",
  build: {
    outDir: "dist",
    manifest: "manifest.json",
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: "src/main.tsx" },
    chunkSizeWarningLimit: 900,
  },
  test: { environment: "jsdom", include: ["tests/**/*.test.ts"], setupFiles: "tests/setup.ts" },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
});
