/** Build of the patient app: `dist/`, with a service worker so that it opens without a network. */
import { consiliumApp } from "@consilium/kit/vite";
import { defineConfig } from "vite";
import { VitePWA } from "vite-plugin-pwa";

const base = consiliumApp(5173);

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
        globPatterns: ["index.html", "assets/*.{js,css}"],
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
        maximumFileSizeToCacheInBytes: 4_000_000,
        runtimeCaching: [
          {
            urlPattern: ({ url, sameOrigin }) => sameOrigin && url.pathname.endsWith(".wasm"),
            handler: "CacheFirst",
            options: { cacheName: "wasm", expiration: { maxEntries: 2 } },
          },
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
