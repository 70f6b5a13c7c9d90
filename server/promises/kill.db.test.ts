import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { say } from "../log.ts";
import { killUnderLoad } from "./kill.ts";
import { bundleProgram } from "./test-program.ts";

/** Three of each by default; KILLS=20 for the long run. */
const kills = Number(process.env.KILLS ?? 3);
const dataDir = mkdtempSync(join(tmpdir(), "foyer-kill-"));
const program = await bundleProgram();
afterAll(() => {
  rmSync(dataDir, { recursive: true, force: true });
  rmSync(dirname(program), { recursive: true, force: true });
});

it("loses nothing acknowledged and doubles nothing, however often the server and PostgreSQL are killed", {
  timeout: 60_000 + kills * 20_000,
}, async () => {
  chmodSync(dataDir, 0o755); // As root PostgreSQL runs as another user, who must pass.
  const report = await killUnderLoad({
    program,
    dataDir,
    serverKills: kills,
    postgresKills: kills,
    tell: say,
  });
  say(JSON.stringify(report));
  expect(report).toMatchObject({ lost: 0, duplicated: 0, different: 0, screens: 6 });
  expect(report.acknowledged).toBeGreaterThan(50);
});
