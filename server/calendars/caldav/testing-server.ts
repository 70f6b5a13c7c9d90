import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";

// For tests: CalDAV servers that are not ours, each a process of its own on this machine.

export type CalDavServer = {
  /** The origin. */
  url: string;
  /** Accounts that are there, each with nothing in it but what the server makes. */
  accounts: readonly { username: string; password: string; home: string }[];
  /** Mails that the server wanted to send, as it wrote them. */
  mails(): string;
  close(): Promise<void>;
};

export const testAccounts = [
  { username: "mara", password: "winter-Harbour-4" },
  { username: "jonas", password: "quiet-Lantern-9" },
] as const;

export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<ReturnType<typeof createServer>>((resolve) => {
          const server = createServer().listen(0, "127.0.0.1", () => resolve(server));
        }),
    ),
  );
  const ports = servers.map((server) => (server.address() as { port: number }).port); // They listen on ports.
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** Starts it and waits until it answers. */
export async function startProgram(
  [command = "", ...args]: readonly string[],
  options: { env?: NodeJS.ProcessEnv; isUp: () => Promise<boolean> },
): Promise<ChildProcess> {
  const server = spawn(command, args, { stdio: "ignore", env: options.env ?? process.env });
  for (let tries = 0; tries < 400; tries++) {
    if (server.exitCode !== null) throw new Error(`${command} ended at once`);
    if (await options.isUp().catch(() => false)) return server;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  server.kill("SIGKILL");
  throw new Error(`${command} does not answer`);
}

export async function endProgram(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise((resolve) => server.once("exit", resolve));
  server.kill("SIGTERM");
  const last = setTimeout(() => server.kill("SIGKILL"), 5_000);
  await ended;
  clearTimeout(last);
}

export function basicAuth({ username, password }: { username: string; password: string }): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}
