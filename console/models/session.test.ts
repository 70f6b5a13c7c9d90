import { expect, it } from "vitest";
import type { MemberId } from "../../shared/model/ids.ts";
import type { Role } from "../../shared/model/people.ts";
import type { SessionView } from "../../shared/model/session.ts";
import type { ApiCall } from "../ports.ts";
import { SessionModel } from "./session.ts";

/** A server that knows one person, in the role it is told; null: nobody. */
function setUp(role: Role | null) {
  const server = { role, isAway: false, isSetUp: true };
  const answer = () => {
    if (server.isAway) return { ok: false, code: "unavailable" };
    if (server.role === null) return { ok: false, code: "unauthenticated" };
    const member = { id: "me" as MemberId, email: "me@team.example", firstName: "Me", lastName: "" };
    const view = { member: { ...member, role: server.role }, workspace: { name: "Ltd" } };
    return { ok: true, ...view, hasMailbox: false } satisfies Partial<SessionView> & { ok: true };
  };
  const call = (async (route: string) =>
    route === "GET /api/session"
      ? answer()
      : { ok: true, accounts: [], isSetUp: server.isSetUp }) as unknown as ApiCall; // Answers as the server types them.
  return { server, session: new SessionModel(call) };
}

const roleIn = ({ state }: ReturnType<typeof setUp>["session"]) =>
  state.value.kind === "in" ? state.value.session.member.role : state.value;

it("goes on in the new role when a link ended for it, and says so once", async () => {
  const { server, session } = setUp("rep");
  await session.start();
  server.role = "admin";
  await session.end("role_changed");
  expect(roleIn(session)).toBe("admin");
  expect(session.hasNewRole.value).toBe(true);
  session.sayNewRole();
  expect(session.hasNewRole.value).toBe(false);
});

it("goes on in the new role too when the link was refused without a word", async () => {
  const { server, session } = setUp("rep");
  await session.start();
  server.role = "meetings_only";
  await session.end();
  expect(roleIn(session)).toBe("meetings_only");
});

it("shows the sign-in, and why, to whoever was deactivated or signed out elsewhere", async () => {
  for (const because of ["deactivated", "signed_out"] as const) {
    const { session } = setUp("rep");
    await session.start();
    await session.end(because);
    expect(roleIn(session)).toEqual({ kind: "out", because });
  }
});

it("does not go round in circles when the link stays refused with the role as it was", async () => {
  const { session } = setUp("rep");
  await session.start();
  await session.end();
  expect(roleIn(session)).toEqual({ kind: "out", because: "signed_out" });
});

it("without a link: a look now and then finds another role and the end, and survives a lost server", async () => {
  const { server, session } = setUp("meetings_only");
  await session.start();
  server.isAway = true;
  await session.check();
  expect(roleIn(session)).toBe("meetings_only");
  server.isAway = false;
  server.role = "rep";
  await session.check();
  expect(roleIn(session)).toBe("rep");
  server.role = null;
  await session.check();
  expect(roleIn(session)).toEqual({ kind: "out", because: "signed_out" });
});

it("tells how long to wait, and that a card of the demo is old", async () => {
  const answers: object[] = [
    { ok: false, code: "too_many", retryAfterMs: 840_000 },
    { ok: false, code: "unauthenticated" },
    { ok: false, code: "unauthenticated" },
  ];
  const session = new SessionModel((async () => answers.shift()) as unknown as ApiCall);
  await session.signIn("me@team.example", "wrong");
  expect([session.problem.value, session.waitMs.value]).toEqual(["too_many", 840_000]);
  await session.signInAs({ email: "me@team.example", password: "welcome" });
  expect([session.isCardOld.value, session.waitMs.value]).toEqual([true, null]);
  await session.signIn("me@team.example", "wrong");
  expect([session.isCardOld.value, session.problem.value]).toEqual([false, "unauthenticated"]);
});

it("knows a server that nobody has set up, and looks again", async () => {
  const { server, session } = setUp(null);
  server.isSetUp = false;
  await session.start();
  expect(session.isSetUp.value).toBe(false);
  server.isSetUp = true;
  await session.start();
  expect(session.isSetUp.value).toBe(true);
});
