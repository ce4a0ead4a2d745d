/** What the apps' own code costs, without a browser: `npm run bench`. Beside the tests, whose machine may be busy. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    environment: "jsdom",
    include: ["{kit,patient,console}/**/*.bench.tsx"],
    setupFiles: ["./kit/testing/setup.ts"],
    testTimeout: 60_000,
  },
});
