import { defineConfig } from "vitest/config";

const ignored = ["**/node_modules/**", "dist/**"];
const jsx = { oxc: { jsx: { runtime: "automatic", importSource: "preact" } } } as const;

// Three projects: `unit` needs nothing, `db` starts a real PostgreSQL, `browser` drives real pages in Chromium.
export default defineConfig({
  test: {
    projects: [
      {
        ...jsx,
        test: {
          name: "unit",
          // The machine may be busy: a limit is for what hangs, not for what is slow.
          testTimeout: 30_000,
          include: ["{shared,server,widget,console,bench}/**/*.test.{ts,tsx}"],
          exclude: [...ignored, "**/*.db.test.ts"],
        },
      },
      {
        ...jsx,
        test: {
          name: "db",
          globalSetup: "./server/db/testing-server.ts",
          expect: { poll: { timeout: 20_000 } },
          include: ["server/**/*.db.test.ts"],
          exclude: ignored,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        ...jsx,
        test: {
          name: "browser",
          globalSetup: "./server/db/testing-server.ts",
          expect: { poll: { timeout: 20_000 } },
          include: ["examples/**/*.browser.test.ts"],
          exclude: ignored,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
