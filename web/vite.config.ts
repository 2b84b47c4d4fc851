// How the page is built: into dist/, with hashed names and a manifest that the service reads.
import { existsSync, readFileSync } from "node:fs";
import { defineConfig } from "vitest/config";

const OPENAPI = ".cache/openapi.json";
/** The word of `format` for each media type that exports come in. */
const FORMS: Record<string, string> = {
  "text/markdown": "md",
  "text/html": "html",
  "text/csv": "csv",
  "text/plain": "text",
  "text/turtle": "ttl",
  "image/svg+xml": "svg",
  "image/png": "png",
  "application/pdf": "pdf",
  "application/json": "json",
  "application/yaml": "yaml",
  "application/ld+json": "jsonld",
  "application/graphml+xml": "graphml",
  "application/gexf+xml": "gexf",
  "application/vnd.cytoscape+json": "cyjs",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
};

/** The exports that the service has, as its OpenAPI document tells them. */
function exportsOf(file: string): { kind: string; forms: string[] }[] {
  if (!existsSync(file)) return [];
  const { paths } = JSON.parse(readFileSync(file, "utf8")) as { paths: Record<string, any> };
  return Object.entries(paths).flatMap(([path, found]) => {
    const kind = /^\/api\/v1\/exports\/([\w-]+)$/.exec(path)?.[1];
    const content: object = found.get?.responses?.["200"]?.content ?? {};
    return kind ? [{ kind, forms: Object.keys(content).flatMap((type) => FORMS[type] ?? []) }] : [];
  });
}

export default defineConfig({
  base: "/",
  define: { __EXPORTS__: JSON.stringify(exportsOf(OPENAPI)) },
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
