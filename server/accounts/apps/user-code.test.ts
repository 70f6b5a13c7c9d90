import { expect, it } from "vitest";
import { mintUserCode, readUserCode, showUserCode } from "./user-code.ts";

it("makes codes that survive being shown and typed", () => {
  for (let round = 0; round < 200; round++) {
    const code = mintUserCode();
    expect(showUserCode(code)).toMatch(/^[BCDFGHJ-NP-TV-XZ]{4}-[BCDFGHJ-NP-TV-XZ]{4}$/);
    expect(readUserCode(` ${showUserCode(code).toLowerCase()} `)).toBe(code);
    expect(readUserCode(`${code.slice(0, 2)} ${code.slice(2)}`)).toBe(code);
  }
});

it("does not take what no code can be", () => {
  for (const typed of ["", "BCDF", "BCDFGHJKL", "BCDF-GHJA", "BCDF-GHJ1", "ББББ-ББББ"])
    expect(readUserCode(typed), typed).toBe(null);
});
