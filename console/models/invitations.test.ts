import { describe, expect, test, vi } from "vitest";
import type { InvitationId, TeamId } from "../../shared/model/ids.ts";
import type {
  InvitationLine,
  InviteOutcome,
  InvitePreviewLine,
} from "../../shared/protocol/invitation-routes.ts";
import type { ApiCall } from "../ports.ts";
import { createFakeLink } from "./fake-link.ts";
import { InvitationsModel } from "./invitations.ts";

const line = (email: string, more: Partial<InvitationLine> = {}): InvitationLine => ({
  id: email as InvitationId,
  email,
  role: "rep",
  teamIds: [],
  invitedBy: "Imogen Hale",
  sentAt: 1_000,
  expiresAt: 2_000,
  state: "sent",
  problem: null,
  ...more,
});
const previewLine = (outcome: InviteOutcome): InvitePreviewLine => ({
  line: 1,
  email: `${outcome}@x.example`,
  role: "rep",
  teamIds: [],
  outcome,
  word: null,
});

function setUp(answers: Record<string, object>) {
  const asked: { route: string; input: object; id?: string | undefined }[] = [];
  const call = vi.fn(async (route: string, input: object, id?: string) => {
    asked.push({ route, input, id });
    return answers[route] ?? { ok: true };
  });
  const link = createFakeLink();
  return { model: new InvitationsModel(call as unknown as ApiCall, link), asked, answers, link };
}

describe("a wish to invite", () => {
  const outcomes: InviteOutcome[] = ["new", "new", "again", "member", "just_sent", "twice", "bad_address"];
  const lines = outcomes.map(previewLine);

  test("is looked over before it is sent, and again after every change", async () => {
    const { model, asked } = setUp({
      "POST /api/invitations/preview": { ok: true, lines, unreadTitles: ["Rolle"] },
      "POST /api/invitations": { ok: true, sent: 3, invitations: [line("new@x.example")] },
    });
    await model.check();
    expect(asked).toEqual([]);
    model.edit({ text: "new@x.example", teamIds: ["t" as TeamId] });
    expect(await model.send()).toBe(null);
    await model.check();
    expect(model.counts.value).toEqual({ new: 2, again: 1, here: 3, problems: 1 });
    expect(model.preview.value?.unreadTitles).toEqual(["Rolle"]);
    model.edit({ role: "admin" });
    expect(model.preview.value).toBe(null);
    await model.check();
    expect(await model.send()).toBe(3);
    const wish = { text: "new@x.example", role: "admin", teamIds: ["t"] };
    expect(asked.at(-1)).toMatchObject({ route: "POST /api/invitations", input: wish });
    expect(model.invitations.value).toMatchObject([{ email: "new@x.example" }]);
  });

  test("keeps what was typed when the server refuses it", async () => {
    const { model } = setUp({ "POST /api/invitations/preview": { ok: false, code: "too_large" } });
    model.edit({ text: "many" });
    await model.check();
    expect([model.wishProblem.value, model.preview.value, model.wish.value.text]).toEqual([
      "too_large",
      null,
      "many",
    ]);
    model.begin();
    expect([model.wishProblem.value, model.wish.value.text]).toEqual([null, ""]);
  });

  test("that changed while it was looked over shows nothing of the old one", async () => {
    const { model } = setUp({ "POST /api/invitations/preview": { ok: true, lines, unreadTitles: [] } });
    model.edit({ text: "a@x.example" });
    const checking = model.check();
    model.edit({ text: "b@x.example" });
    await checking;
    expect(model.preview.value).toBe(null);
  });
});

describe("open invitations", () => {
  test("follow what is done with them", async () => {
    const { model, answers } = setUp({
      "GET /api/invitations": { ok: true, invitations: [line("a@x.example"), line("b@x.example")] },
      "POST /api/invitations/:id/again": { ok: true, invitation: line("a@x.example", { sentAt: 9_000 }) },
      "POST /api/invitations/:id/revoke": { ok: true },
    });
    await model.load();
    expect(await model.sendAgain("a@x.example" as InvitationId)).toBe(null);
    expect(model.invitations.value?.[0]?.sentAt).toBe(9_000);
    expect(await model.revoke("b@x.example" as InvitationId)).toBe(null);
    expect(model.invitations.value?.map(({ email }) => email)).toEqual(["a@x.example"]);
    // They have joined meanwhile: the list is asked for again.
    answers["POST /api/invitations/:id/again"] = { ok: false, code: "not_found" };
    answers["GET /api/invitations"] = { ok: true, invitations: [] };
    expect(await model.sendAgain("a@x.example" as InvitationId)).toBe("not_found");
    expect(model.invitations.value).toEqual([]);
    expect(model.pending.value.size).toBe(0);
  });
});

test("the list follows what another admin does, once it is shown here", async () => {
  const { model, asked, answers, link } = setUp({
    "GET /api/invitations": { ok: true, invitations: [line("one@x.example")] },
  });
  link.say("settings:changed", { of: "people" });
  expect(asked).toEqual([]);
  await model.load();
  answers["GET /api/invitations"] = { ok: true, invitations: [] };
  link.say("settings:changed", { of: "workspace" });
  expect(asked).toHaveLength(1);
  link.say("settings:changed", { of: "people" });
  await vi.waitFor(() => expect(model.invitations.value).toEqual([]));
});
