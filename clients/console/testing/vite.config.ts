/** `npm run look`: the console over a pretend clinic, for looking at screens without a server. Built, as it is served: for measuring it. */
import { fileURLToPath } from "node:url";
import { consiliumApp } from "@consilium/kit/vite";
import { defineConfig, mergeConfig } from "vite";
import { mockPlugin } from "./mock-server.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig(
  mergeConfig(consiliumApp(5184), {
    root: here(".."),
    cacheDir: here("../node_modules/.vite-look"),
    build: { outDir: here("../node_modules/.look"), emptyOutDir: true },
    plugins: [mockPlugin()],
    resolve: {
      alias: [
        { find: /^@consilium\/kit\/matrix$/, replacement: here("./fake-matrix.ts") },
        { find: /^@consilium\/kit\/calls$/, replacement: here("./fake-calls.ts") },
      ],
    },
  }),
);
