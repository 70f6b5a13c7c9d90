import { readFileSync } from "node:fs";

/**
 * A parent that is killed passes no signal on; then we would go on unseen, holding the port, the data or the jobs.
 * Calls `onEnd` once when one of the watched processes above us is gone; the first look is taken at once.
 */
export function watchParent(isStillThere: () => boolean, onEnd: () => void): void {
  const check = () => {
    if (isStillThere()) return;
    clearInterval(timer);
    onEnd();
  };
  const timer = setInterval(check, 1_000);
  timer.unref();
  check();
}

/** For a worker: its own parent. */
export function hasParent(pid: number): () => boolean {
  return () => process.ppid === pid;
}

/**
 * For `npm start`: npm, which is our parent, or the parent of the shell between us. Nothing above it is watched,
 * since the shell in which `nohup npm start &` was typed may well end.
 */
export function hasNpmAbove(): () => boolean {
  const parent = process.ppid;
  const isShellBetween = /^\S*sh\0-c\0.*start\.mjs/.test(readProc(parent, "cmdline"));
  if (!isShellBetween) return hasParent(parent);
  const npm = parentOf(parent);
  return () => process.ppid === parent && parentOf(parent) === npm;
}

function parentOf(pid: number): string {
  // The fields after the name in parentheses: state, parent.
  const stat = readProc(pid, "stat");
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1] ?? "";
}

/** Empty where there is no /proc, or no such process. */
function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}
