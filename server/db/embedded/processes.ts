import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";

/**
 * Which process this is, beyond its number: numbers are used again after a crash, a start time is not.
 * Null when no such process lives; a zombie counts as dead, since it holds nothing any more.
 */
export function processIdentity(pid: number): string | null {
  if (process.platform === "linux") {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      // The name in parentheses may hold spaces and parentheses; the state and the times follow the last one.
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      if (fields[0] === "Z" || fields[0] === "X") return null;
      return `${bootId()}/${fields[19]}`;
    } catch {
      return null;
    }
  }
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return null;
  }
  try {
    return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim() || null;
  } catch {
    return null;
  }
}

/** Processes of one cluster: the postmaster by its `-D`, its children by the cluster name in their titles. */
export function clusterProcesses(
  clusterDir: string,
  clusterName: string,
): { postmaster: number[]; children: number[] } {
  const found = { postmaster: [] as number[], children: [] as number[] };
  for (const { pid, words, line } of runningCommands()) {
    if (line.startsWith(`postgres: ${clusterName}: `)) found.children.push(pid);
    else if (basename(words[0] ?? "") === "postgres" && words[words.indexOf("-D") + 1] === clusterDir) {
      found.postmaster.push(pid);
    }
  }
  if (found.postmaster.length < 2) return found;
  // A child that has just been forked for a new connection still carries the postmaster's command.
  const forked = found.postmaster.filter((pid) => found.postmaster.includes(parentOf(pid)));
  return {
    postmaster: found.postmaster.filter((pid) => !forked.includes(pid)),
    children: [...found.children, ...forked],
  };
}

/** 0 for a process that is gone. */
function parentOf(pid: number): number {
  try {
    if (process.platform !== "linux")
      return Number(execFileSync("ps", ["-o", "ppid=", "-p", String(pid)], { encoding: "utf8" }));
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    // The name, in brackets, may hold anything; state and parent follow it.
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return 0;
  }
}

type Command = { pid: number; words: string[]; line: string };

function runningCommands(): Command[] {
  // /proc/PID/cmdline is readable for everyone, /proc/PID/cwd is not even for root in a container; ps may be missing.
  if (process.platform === "linux") {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => {
        try {
          const bytes = readFileSync(`/proc/${name}/cmdline`, "utf8");
          return bytes === ""
            ? []
            : [{ pid: Number(name), words: bytes.split("\0"), line: bytes.replaceAll("\0", " ") }];
        } catch {
          return []; // It ended while we looked.
        }
      });
  }
  const output = execFileSync("ps", ["-axo", "pid=,command="], {
    encoding: "utf8",
    maxBuffer: 16 * 1024 * 1024,
  });
  return output.split("\n").flatMap((row) => {
    const match = /^\s*(\d+) (.*)$/.exec(row);
    return match ? [{ pid: Number(match[1]), words: (match[2] ?? "").split(" "), line: match[2] ?? "" }] : [];
  });
}

let knownBootId: string | null = null;
function bootId(): string {
  knownBootId ??= readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  return knownBootId;
}

export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
