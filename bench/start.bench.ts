import { spawn } from "node:child_process";
import { ended, startFoyer, untilHealthy } from "./children.ts";
import { startLabDatabase } from "./lab-database.ts";
import { median, type Row } from "./row.ts";

export const name = "start";

const port = 3830;
const barePort = 3831;
const rounds = 15;
/** The server keeps its program in compiled form a little after a start; a second start is what we measure. */
const settledMs = 4_000;

const hello = `require("node:http").createServer((_, answer) => answer.end("hello")).listen(${barePort}, "127.0.0.1")`;

/** From the process's start to its first healthy answer, on an existing database, against a Node that only says hello. */
export async function measure(): Promise<Row[]> {
  const database = await startLabDatabase();
  const env = {
    PORT: String(port),
    DATABASE_URL: database.url,
    DATA_DIR: database.dataDir,
    SECRET_KEY: "bench ".repeat(8),
  };
  try {
    const first = await startFoyer(env);
    await new Promise((resolve) => setTimeout(resolve, settledMs));
    await first.stop();
    const ours: number[] = [];
    const bare: number[] = [];
    for (let round = 0; round < rounds; round++) {
      bare.push(await bareStart());
      const foyer = await startFoyer(env);
      ours.push(foyer.healthyMs);
      await foyer.stop();
    }
    const ratio = median(ours.map((ms, round) => ms / (bare[round] ?? Number.NaN)));
    return [
      {
        what: "start to the first healthy answer, existing database, against a bare Node that says hello",
        ours: median(ours),
        baseline: median(bare),
        unit: "ms",
        ratio,
        budget: "<= 4 x bare",
        ok: ratio <= 4,
        note: `best ${Math.round(Math.min(...ours))} ms against ${Math.round(Math.min(...bare))} ms; the very first start ${Math.round(first.healthyMs)} ms`,
      },
    ];
  } finally {
    await database.stop();
  }
}

async function bareStart(): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, ["-e", hello], {
    // As startFoyer: what our own environment asks of Node would slow it (more certificates to read, say).
    env: { PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "" },
    stdio: ["ignore", "ignore", "inherit"],
  });
  await untilHealthy(`http://127.0.0.1:${barePort}`, child, "/");
  const took = performance.now() - started;
  await ended(child, "SIGKILL");
  return took;
}
