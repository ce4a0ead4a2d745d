/** Build of the patient app: `dist/`, with a service worker so that it opens without a network. */
import { consiliumApp } from "@consilium/kit/vite";
import { defineConfig } from "vite";
import { VitePWA } from "vite-plugin-pwa";

/** The page differs by what the server writes into it: the server puts its revision in the mark's place (`src/web/worker.rs`). */
const asServed = <E extends { url: string; revision: string | null }>(entry: E): E =>
  /(^|\/)index\.html$/.test(entry.url) ? { ...entry, revision: "__PAGE_REVISION__" } : entry;

/** What home is made of, as one file: in pieces of a few hundred bytes, shared with later screens, it compresses badly. */
const HOME = [
  /patient\/src\/(features\/home|app\/(CallbackCard|Frame|SignedInApp|callbacks|calls|paths|queries|router)\.)/,
  /kit\/ui\/(Avatar|ConnectionBanner|EmptyState|ErrorBoundary|ServiceIcon|Skeletons|useFocusKept)\./,
  /node_modules\/(@tanstack|wouter|regexparam|mitt|use-sync-external-store)\//,
  /icons-react\/dist\/esm\/icons\/Icon(User|Shield|PhoneX|PhoneCall|History|Folder|Home|World|Clock|ChevronRight|MessageCircle)\.mjs/,
];

/** What stands before any screen, likewise. */
const BASE = [
  /node_modules\/(i18next|openapi-fetch|react|react-dom|react-i18next|scheduler)\//,
  /@mantine\/core\/esm\/core\/(MantineProvider\/(?!use-props)|utils\/(deep-merge|keys|noop|units-converters))/,
  /@mantine\/hooks\/esm\/(use-color-scheme|use-isomorphic-effect|use-media-query)\//,
  /kit\/brand\/(BrandProvider|dates|derive|formats|i18n|icu|intl|load|logo|oklch|region|theme|zoned)\./,
  /kit\/api\/(answer|callbacks|client|conclusions|events|problem|ratings|reports|rights)\./,
  /kit\/matrix\/(device-name|documents\/forget|index|session|sign-in|store)\./,
  /kit\/ui\/(ErrorNotice|PlainButton|density|later|talk-words|useReadable)\./,
  /patient\/src\/app\/(Emergency|Logo|asked-keys|install|kept|later|rehearsal|seen|session|words)\./,
  /icons-react\/dist\/esm\/(createReactComponent|defaultAttributes|icons\/Icon(AlertTriangle|InfoCircle|Phone))\./,
];

const base = consiliumApp(5173, { home: HOME, base: BASE });

export default defineConfig({
  ...base,
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
