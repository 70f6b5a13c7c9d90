import { expect, it } from "vitest";
import { idField } from "../../shared/protocol/fields.ts";
import { limits } from "../../shared/protocol/limits.ts";
import { clientId } from "./client-id.ts";

it("makes ids that the server takes for UUIDs, each its own", () => {
  const ids = Array.from({ length: 1_000 }, clientId);
  for (const id of ids) expect(idField<"client">().safeParse(id).success).toBe(true);
  expect(new Set(ids).size).toBe(1_000);
});

it("keeps the frame's copy of the beat equal to the contract's", async () => {
  const { readFile } = await import("node:fs/promises");
  const source = await readFile(new URL("./presence.ts", import.meta.url), "utf8");
  expect(source).toContain("BEAT_MS = 15_000");
  expect(limits.beatSeconds).toBe(15);
});
