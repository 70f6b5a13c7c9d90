import { expect, it } from "vitest";
import type { VisitorId } from "../../shared/model/ids.ts";
import { limits } from "../../shared/protocol/limits.ts";
import { thoseThatFit, toBoardVisitor } from "./board-visitor.ts";
import type { BoardRow } from "./store.ts";

const longPage = {
  url: `https://shop.example/?${"x".repeat(1_979)}`,
  title: "t".repeat(limits.titleChars),
  at: 1_795_000_000_000,
};

function visitor(index: number, row: Partial<BoardRow> = {}) {
  return toBoardVisitor({
    id: `0199f0a0-0000-7000-8000-${String(index).padStart(12, "0")}` as VisitorId,
    name: "n".repeat(limits.nameChars),
    email: "e".repeat(limits.emailChars),
    zone: "America/Argentina/ComodRivadavia",
    language: "en-GB",
    device: { kind: "desktop", browser: "Unknown", os: "Unknown" },
    visits: 1,
    created_at: new Date(0),
    source: "s".repeat(80),
    trail: Array.from({ length: limits.trailPages }, () => longPage),
    page_count: limits.trailPages,
    started_at: new Date(index),
    seen_at: new Date(index),
    is_here: true,
    conversation_id: null,
    owner_id: null,
    is_waiting: false,
    ...row,
  });
}

it("keeps a board of visitors with the longest pages within what may wait for a slow reader", () => {
  const waiting = visitor(0, { is_waiting: true });
  const all = [waiting, ...Array.from({ length: 5_000 }, (_, index) => visitor(index + 1))];
  const shown = thoseThatFit(all);
  expect(JSON.stringify(shown).length).toBeLessThan(limits.waitingBytes);
  expect(shown.length).toBeGreaterThan(150);
  expect(shown[0]).toBe(waiting);
  expect(shown[1]?.id).toBe(all.at(-1)?.id);
});

it("shows everyone where all fit", () => {
  const few = [visitor(1), visitor(2), visitor(3)];
  expect(new Set(thoseThatFit(few))).toEqual(new Set(few));
});
