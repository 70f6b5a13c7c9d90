import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { canReach, findUnprivilegedUser } from "./unprivileged-user.ts";

const stranger = { uid: 64_123, gid: 64_123 };

describe("the user that runs PostgreSQL for root", () => {
  it("is nobody, else a system account, never root", () => {
    const root = "root:x:0:0::/root:/bin/sh";
    const daemon = "daemon:x:1:1::/:/bin/false";
    const nobody = "nobody:x:65534:65534::/:/bin/false";
    expect(findUnprivilegedUser([root, daemon, nobody].join("\n"))).toEqual({ uid: 65_534, gid: 65_534 });
    expect(findUnprivilegedUser([root, daemon].join("\n"))).toEqual({ uid: 1, gid: 1 });
    expect(() => findUnprivilegedUser(root)).toThrow("cannot run as root");
  });

  it("reaches a file only if every folder above lets it pass", () => {
    const top = mkdtempSync(join(tmpdir(), "foyer-reach-"));
    const file = join(top, "inner", "file");
    mkdirSync(join(top, "inner"));
    writeFileSync(file, "");
    chmodSync(file, 0o644);
    chmodSync(join(top, "inner"), 0o711);
    chmodSync(top, 0o755);
    expect(canReach(file, stranger)).toBe(true);
    expect(canReach(join(top, "inner"), stranger)).toBe(false); // May pass, may not list.
    chmodSync(top, 0o700);
    expect(canReach(file, stranger)).toBe(false);
    chmodSync(top, 0o755);
    chmodSync(file, 0o600);
    expect(canReach(file, stranger)).toBe(false);
    rmSync(top, { recursive: true });
  });
});
