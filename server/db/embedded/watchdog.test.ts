import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { processIdentity } from "./processes.ts";
import { watchdogScript } from "./watchdog.ts";

/**
 * A stand-in for PostgreSQL: handles the signals given, says its number and waits. In Node, since a shell's background
 * jobs have INT and QUIT ignored and a shell, unlike PostgreSQL and Node, cannot take that back.
 */
async function watch(behaviour: string) {
  const program = [
    process.execPath,
    "-e",
    `${behaviour}; console.log(process.pid); setInterval(() => undefined, 60_000)`,
  ];
  const watchdog = spawn("/bin/sh", ["-c", watchdogScript, "watchdog", "1", "1", ...program], {
    stdio: ["pipe", "pipe", "ignore"],
  });
  const [chunk] = (await once(watchdog.stdout, "data")) as [Buffer];
  const exited = once(watchdog, "exit") as Promise<[number | null, NodeJS.Signals | null]>;
  return { watchdog, pid: Number(chunk.toString()), exited };
}

const ignore = (signal: string) => `process.on("${signal}", () => undefined)`;
const exitOn = (signal: string, status: number) => `process.on("${signal}", () => process.exit(${status}))`;

describe("the watchdog of PostgreSQL", () => {
  it("asks it to stop when our pipe ends, and ends with its exit status", async () => {
    const { watchdog, pid, exited } = await watch(exitOn("SIGINT", 7));
    watchdog.stdin.end();
    expect((await exited)[0]).toBe(7);
    expect(processIdentity(pid)).toBeNull();
  });

  it("insists when INT is not heard", async () => {
    const { watchdog, exited } = await watch(`${ignore("SIGINT")}; ${exitOn("SIGQUIT", 8)}`);
    watchdog.stdin.end();
    expect((await exited)[0]).toBe(8);
  });

  it("kills when nothing is heard", async () => {
    const { watchdog, pid, exited } = await watch(`${ignore("SIGINT")}; ${ignore("SIGQUIT")}`);
    watchdog.stdin.end();
    expect((await exited)[0]).toBe(128 + 9);
    expect(processIdentity(pid)).toBeNull();
  });

  it("passes a signal on rather than die before it", async () => {
    const { watchdog, exited } = await watch(exitOn("SIGINT", 9));
    watchdog.kill("SIGTERM");
    expect((await exited)[0]).toBe(9);
  });

  it("ends at once when PostgreSQL ends by itself, while our pipe is open", async () => {
    const { exited } = await watch("setTimeout(() => process.exit(3), 20)");
    expect((await exited)[0]).toBe(3);
  });
});
