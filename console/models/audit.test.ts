import { expect, it } from "vitest";
import type { MemberId } from "../../shared/model/ids.ts";
import type { AuditLine } from "../../shared/protocol/audit.ts";
import type { ApiCall } from "../ports.ts";
import { auditWords, withoutActor } from "../text/audit.ts";
import { AuditModel } from "./audit.ts";

const line = (id: string) => ({ id }) as AuditLine;

function setUp() {
  const asked: { route: string; input: object; answer: (answer: object) => void }[] = [];
  const call = ((route: string, input: object) =>
    new Promise((resolve) =>
      asked.push({ route, input, answer: resolve as (answer: object) => void }),
    )) as ApiCall;
  return { model: new AuditModel(call), asked };
}

it("adds older lines after those it has", async () => {
  const { model, asked } = setUp();
  const first = model.set({});
  asked[0]?.answer({ ok: true, lines: [line("9"), line("8")], hasMore: true });
  await first;
  const second = model.more();
  expect(asked[1]?.input).toEqual({ before: "8" });
  asked[1]?.answer({ ok: true, lines: [line("7")], hasMore: false });
  await second;
  expect(model.lines.value?.map(({ id }) => id)).toEqual(["9", "8", "7"]);
  expect(model.hasMore.value).toBe(false);
});

it("believes only the answer to its latest question", async () => {
  const { model, asked } = setUp();
  const slow = model.set({ group: "sso" });
  const quick = model.set({ group: "teams" });
  asked[1]?.answer({ ok: true, lines: [line("2")], hasMore: false });
  await quick;
  asked[0]?.answer({ ok: true, lines: [line("1")], hasMore: true });
  await slow;
  expect(model.lines.value?.map(({ id }) => id)).toEqual(["2"]);
  expect(model.hasMore.value).toBe(false);
});

it("takes whole days of this browser, and the file has the same", () => {
  const { model, asked } = setUp();
  void model.set({ fromDay: "2026-03-29", toDay: "2026-03-29", group: "members" });
  const from = String(new Date(2026, 2, 29).getTime());
  const to = String(new Date(2026, 2, 30).getTime());
  expect(asked[0]?.input).toEqual({ group: "members", from, to });
  expect(model.csvPath.value).toBe(`/api/audit/csv?group=members&from=${from}&to=${to}`);
});

it("does not say that Foyer did what somebody did", () => {
  const said = (action: AuditLine["action"], details: AuditLine["details"] = {}) =>
    `${withoutActor({ action, details })} ${auditWords[action]({ ...line("1"), action, details, subjectName: "Ada" })}`;
  expect(said("password_reset_asked")).toBe("Somebody asked for a new password for Ada on the sign-in page");
  expect(said("password_reset_asked", { byOperator: true })).toBe(
    "Whoever runs the server had a link to a new password for Ada printed at the server",
  );
  expect(withoutActor({ action: "domain_proven", details: {} })).toBe("Foyer");
  expect(withoutActor({ action: "sso_refused", details: {} })).toBe("Somebody");
});

it("takes what was done without naming anybody as done to oneself", () => {
  const own = {
    ...line("1"),
    action: "sessions_ended",
    actorId: "ada" as MemberId,
    subjectId: null,
    subjectName: null,
  } as const;
  expect(auditWords.sessions_ended({ ...own, details: { count: 2 } })).toBe(
    "signed themselves out elsewhere",
  );
});
