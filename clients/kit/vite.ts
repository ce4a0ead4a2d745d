/** The Vite configuration that both apps share. */
import react from "@vitejs/plugin-react";
import type { Plugin, UserConfig } from "vite";

const CRYPTO_ENTRY = /matrix-sdk-crypto-wasm\/index\.mjs$/;
const LOADS_ONCE = "modPromise = loadModuleAsync(url);";

/**
 * The crypto remembers its first attempt to load itself, also one that a lost network ended: from then on every start fails until the page
 * is loaded anew. So the attempt that failed is forgotten, and the next start fetches it again.
 */
function cryptoLoadsAgain(): Plugin {
  return {
    name: "consilium:crypto-loads-again",
    transform(code, id) {
      if (!CRYPTO_ENTRY.test(id.split("?")[0] ?? "")) return null;
      if (!code.includes(LOADS_ONCE)) this.error("matrix-sdk-crypto-wasm loads itself in another way now");
      const again =
        "modPromise = loadModuleAsync(url).catch((cause) => { modPromise = null; throw cause; });";
      return { code: code.replace(LOADS_ONCE, again), map: null };
    },
  };
}

/**
 * A page that says something before its app has come is seen at once: its style waits for no paint, because it is asked for as if for a printer, and stays in the
 * head, where the styles of parts that come later follow it. `styled` (kit/ui/styled.ts) puts it on.
 */
function styleAfterWords(): Plugin {
  return {
    name: "consilium:style-after-words",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler: (page) =>
        page.includes('class="boot"')
          ? page.replaceAll(
              '<link rel="stylesheet"',
              '<link rel="stylesheet" media="print" fetchpriority="high"',
            )
          : page,
    },
  };
}

/** What the server writes into a page (`src/web/page.rs`), where there is no server of ours. */
function marksOfPage(): Plugin {
  return {
    name: "consilium:marks-of-page",
    apply: "serve",
    transformIndexHtml: {
      order: "pre",
      handler: (page) => page.replaceAll("__BRAND_LANGUAGE__", "en").replaceAll("__BRAND_NAME__", ""),
    },
  };
}

/** Files that are made of many modules each, by their names: which modules, by their paths. */
type Chunks = Readonly<Record<string, readonly RegExp[]>>;

/** What is in none comes in pieces as it is imported. */
function asOneFileEach(chunks: Chunks): NonNullable<UserConfig["build"]> {
  const groups = Object.entries(chunks).map(([name, parts]) => ({
    name,
    test: (id: string) => parts.some((part) => part.test(id)),
  }));
  return {
    rolldownOptions: { output: { codeSplitting: { includeDependenciesRecursively: false, groups } } },
  };
}

/** Files under `assets/` carry a hash and never change; everything else is asked for again. */
export function consiliumApp(port: number, chunks?: Chunks): UserConfig {
  return {
    plugins: [react(), cryptoLoadsAgain(), styleAfterWords(), marksOfPage()],
    html: { cspNonce: "__CSP_NONCE__" },
    build: {
      target: "es2022",
      assetsDir: "assets",
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      sourcemap: false,
      chunkSizeWarningLimit: 2000,
      ...(chunks === undefined ? {} : asOneFileEach(chunks)),
    },
    worker: { format: "es" },
    optimizeDeps: { exclude: ["@matrix-org/matrix-sdk-crypto-wasm"] },
    server: { port, strictPort: true },
  };
}
