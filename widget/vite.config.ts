import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** Lit asks that its notice stays; the licences of all parts are in the repository. */
const LEGAL_NOTICE =
  "/*! Kumpel Krefeld: EUPL-1.2. Contains Lit, Copyright Google LLC: BSD-3-Clause. */";

/** Puts the notice before the code; esbuild would drop Rollup's own `banner`. */
function legalNotice(): Plugin {
  return {
    name: "legal-notice",
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type === "chunk") file.code = `${LEGAL_NOTICE}\n${file.code}`;
      }
    },
  };
}

/** Takes comments and indentation out of Lit's styles, which no minifier looks into. */
function compactStyles(): Plugin {
  return {
    name: "compact-styles",
    enforce: "pre",
    transform(code, id) {
      if (!id.endsWith(".styles.ts")) return null;
      const compacted = code.replace(/(?<=\bcss`)[^`]*(?=`)/g, (styles) =>
        styles
          .replace(/\/\*[^]*?\*\//g, "")
          .replace(/\s+/g, " ")
          .replace(/ ?([{};,]) ?/g, "$1")
          .replace(/;}/g, "}"),
      );
      return { code: compacted, map: null };
    },
  };
}

export default defineConfig({
  plugins: [compactStyles(), legalNotice()],
  publicDir: false,
  envDir: false,
  esbuild: { legalComments: "none" },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2022",
    sourcemap: false,
    reportCompressedSize: false,
    modulePreload: false,
    // Not `build.lib`: Vite keeps the white space of ES libraries, which are meant
    // for other bundlers; this file goes straight to browsers.
    rollupOptions: {
      input: "src/kumpel-chat.ts",
      preserveEntrySignatures: "strict",
      output: {
        format: "es",
        entryFileNames: "kumpel-chat.js",
        inlineDynamicImports: true,
      },
    },
  },
  test: {
    // Files about components say `// @vitest-environment jsdom` in their first line.
    environment: "node",
    include: ["src/**/*.test.ts", "tests/**/*.test.ts"],
    // Two cores are shared with everything else that runs on the machine.
    maxWorkers: 2,
    minWorkers: 1,
    testTimeout: 30_000,
  },
});
