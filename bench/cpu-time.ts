import { readdirSync, readFileSync } from "node:fs";

/** CPU that processes have used, in milliseconds, from /proc: all their threads, and children that have ended. Linux only. */
export function cpuMs(pids: readonly number[]): number {
  let ticks = 0;
  for (const pid of pids) {
    const fields = statFields(pid);
    // utime, stime, cutime, cstime: fields 14 to 17 of proc(5).
    for (const at of [14, 15, 16, 17]) ticks += Number(fields[at - 3] ?? 0);
  }
  return ticks * 10; // USER_HZ is 100 on every Linux that Node runs on.
}

/** A process and everything below it that lives. */
export function processTree(rootPid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const parent = Number(statFields(Number(name))[1]);
    if (Number.isFinite(parent)) parents.set(Number(name), parent);
  }
  const tree = [rootPid];
  for (const pid of tree) for (const [child, parent] of parents) if (parent === pid) tree.push(child);
  return tree;
}

export function parentOf(pid: number): number {
  return Number(statFields(pid)[1]);
}

/** From the third field (state) on: the second, the name, may hold spaces. Empty for a process that is gone. */
function statFields(pid: number): string[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "latin1");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch {
    return [];
  }
}
