/** One test run for kit and both apps: `npm test`. Models run in Node (`*.test.ts`), components in a pretend browser (`*.test.tsx`). */
import { availableParallelism } from "node:os";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const where = (extension: string) => [`{kit,patient,console}/**/*.test.${extension}`];

export default defineConfig({
  plugins: [react()],
  test: {
    restoreMocks: true,
    // The first test of a file waits for its modules, on a busy machine for seconds.
    testTimeout: 30_000,
    unstubGlobals: true,
    // Reading the modules anew for each file took four times what the tests take.
    isolate: false,
    // Left to itself it keeps one core free; most tests wait for a timer or a frame for a part of their time.
    maxWorkers: availableParallelism() + 1,
    projects: [
      {
        extends: true,
        test: { name: "models", environment: "node", include: where("ts"), sequence: { groupOrder: 0 } },
      },
      {
        extends: true,
        test: {
          name: "components",
          environment: "jsdom",
          include: where("tsx"),
          setupFiles: ["./kit/testing/setup.ts"],
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
