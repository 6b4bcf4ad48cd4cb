// How the panel is built: into the Python package, compressed once, with names that change with the content.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const OUT = "../src/tessera/panel_dist";
const SERVER = process.env["TESSERA"] ?? "http://127.0.0.1:1337";

function compressed(): Plugin {
  return {
    name: "compressed",
    apply: "build",
    writeBundle({ dir }) {
      const folder = join(dir ?? join(import.meta.dirname, OUT), "assets");
      for (const name of readdirSync(folder)) {
        writeFileSync(join(folder, `${name}.gz`), gzipSync(readFileSync(join(folder, name)), { level: 9 }));
      }
    },
  };
}

// What is loaded on demand: each editor with all that only it needs, and each great capability.
const APART: [name: string, what: RegExp][] = [
  [
    "blocks",
    /node_modules\/(slate|direction|is-hotkey|is-plain-object|lodash|@juggle|scroll-into-view|compute-scroll|tiny-invariant)/,
  ],
  ["blocks", /src\/inputs\/block/i],
  ["json", /node_modules\/(@codemirror|@lezer|@marijn|crelt|style-mod|w3c-keyname)|src\/inputs\/JsonEditor/],
  ["markdown", /node_modules\/marked\/|core\/esm\/components\/Blockquote\/|src\/inputs\/MarkdownPreview/],
  ["content-manager", /react-number-format|core\/esm\/components\/(NumberInput|SegmentedControl|NativeSelect|Image)\//],
  ["content-manager", /node_modules\/@dnd-kit|src\/(features\/content-manager|inputs)\/|src\/api\/relations/],
  ["content-type-builder", /src\/features\/content-type-builder\//],
  ["crop", /node_modules\/react-image-crop|src\/features\/media\/(Crop|cropping)\./],
  ["media", /core\/esm\/components\/(Drawer|Progress|FileButton)\/|src\/features\/media\/|src\/api\/upload/],
];

function chunkOf(id: string): string {
  return APART.find(([, what]) => what.test(id))?.[0] ?? "panel";
}

export default defineConfig({
  base: "/admin/",
  plugins: [react(), compressed()],
  resolve: { alias: { "@": `${import.meta.dirname}/src` } },
  build: {
    outDir: OUT,
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0, // The content policy allows no inline code, and files are cached for ever.
    modulePreload: { polyfill: false },
    cssCodeSplit: false,
    chunkSizeWarningLimit: 1000, // kB before compression; a test watches what the first load takes.
    // Few files: what every page needs with the settings, one for each great capability, and the editors.
    rolldownOptions: {
      output: {
        codeSplitting: { includeDependenciesRecursively: false, groups: [{ name: chunkOf, debugName: "chunkOf" }] },
      },
    },
    manifest: "manifest.json",
  },
  server: {
    proxy: {
      "^/(content-manager|content-type-builder|i18n|upload|uploads|users-permissions)/": SERVER,
      "/admin": { target: SERVER, bypass: (request) => (isPage(request) ? request.url : null) },
    },
  },
  test: { environment: "jsdom", include: ["src/**/*.test.{ts,tsx}"] },
});

function isPage(request: { url?: string; headers: { accept?: string } }): boolean {
  return /\/admin\/(@|src|node_modules)/.test(request.url ?? "") || !!request.headers.accept?.includes("text/html");
}
