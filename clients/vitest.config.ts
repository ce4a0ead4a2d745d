/** One test run for kit and both apps: `npm test`. */
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [react()],
  test: {
    environment: "jsdom",
    include: ["{kit,patient,console}/**/*.test.{ts,tsx}"],
    setupFiles: ["./kit/testing/setup.ts"],
    restoreMocks: true,
  },
});
