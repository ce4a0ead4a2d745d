/** One test run for kit and both apps: `npm test`. Models run in Node (`*.test.ts`), components in a pretend browser (`*.test.tsx`). */
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const where = (extension: string) => [`{kit,patient,console}/**/*.test.${extension}`];

export default defineConfig({
  plugins: [react()],
  test: {
    restoreMocks: true,
    projects: [
      { extends: true, test: { name: "models", environment: "node", include: where("ts") } },
      {
        extends: true,
        test: {
          name: "components",
          environment: "jsdom",
          include: where("tsx"),
          setupFiles: ["./kit/testing/setup.ts"],
        },
      },
    ],
  },
});
