/** The Vite configuration that both apps share. */
import react from "@vitejs/plugin-react";
import type { UserConfig } from "vite";

/** Files under `assets/` carry a hash and never change; everything else is asked for again. */
export function consiliumApp(port: number): UserConfig {
  return {
    plugins: [react()],
    html: { cspNonce: "__CSP_NONCE__" },
    build: {
      target: "es2022",
      assetsDir: "assets",
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      sourcemap: false,
      chunkSizeWarningLimit: 2000,
    },
    worker: { format: "es" },
    optimizeDeps: { exclude: ["@matrix-org/matrix-sdk-crypto-wasm"] },
    server: { port, strictPort: true },
  };
}
