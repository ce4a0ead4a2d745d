/** Build of the patient app: `dist/`, with a service worker so that it opens without a network. */
import { consiliumApp } from "@consilium/kit/vite";
import { defineConfig } from "vite";
import { VitePWA } from "vite-plugin-pwa";

const base = consiliumApp(5173);

/** The page differs by what the server writes into it: the server puts its revision in the mark's place (`src/web/worker.rs`). */
const asServed = <E extends { url: string; revision: string | null }>(entry: E): E =>
  /(^|\/)index\.html$/.test(entry.url) ? { ...entry, revision: "__PAGE_REVISION__" } : entry;

/** What home is made of, as one file: in pieces of a few hundred bytes, shared with later screens, it compresses badly. */
const HOME = [
  /patient\/src\/(features\/home|app\/(Frame|router|paths|queries|calls|callbacks|CallbackCard|SignedInApp))/,
  /kit\/(ui\/(EmptyState|Skeletons|Avatar|ServiceIcon|ConnectionBanner|ErrorBoundary|useFocusKept)|brand\/zoned)/,
  /node_modules\/(@tanstack|wouter|regexparam|mitt)\//,
  /icons-react\/dist\/esm\/icons\/Icon(User|Shield|PhoneX|PhoneCall|History|Phone|Folder|Home|World|Clock|ChevronRight|MessageCircle)\.mjs/,
];

export default defineConfig({
  ...base,
  build: {
    ...base.build,
    rolldownOptions: {
      output: {
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [{ name: "home", test: (id: string) => HOME.some((part) => part.test(id)) }],
        },
      },
    },
  },
  plugins: [
    ...(base.plugins ?? []),
    VitePWA({
      filename: "sw.js",
      injectRegister: null,
      // The manifest is the brand's: the server makes it.
      manifest: false,
      workbox: {
        // The crypto too: who was here once opens everything without a network.
        globPatterns: ["index.html", "assets/*.{js,css,wasm}"],
        manifestTransforms: [(entries) => ({ manifest: entries.map(asServed), warnings: [] })],
        // The route of `/` would look for the page with the headers of the navigation, and its `Vary` keeps it from being found:
        // every address is a navigation instead, which asks for the page by name.
        directoryIndex: null,
        navigateFallback: "/index.html",
        navigateFallbackDenylist: [
          /^\/_/,
          /^\/\.well-known\//,
          /^\/brand\//,
          /^\/embed\//,
          /^\/manifest/,
          /^\/health/,
          /^\/ready/,
        ],
        cleanupOutdatedCaches: true,
        maximumFileSizeToCacheInBytes: 12_000_000,
        runtimeCaching: [
          {
            urlPattern: ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith("/brand/"),
            handler: "StaleWhileRevalidate",
            options: { cacheName: "brand", expiration: { maxEntries: 30 } },
          },
        ],
      },
    }),
  ],
});
