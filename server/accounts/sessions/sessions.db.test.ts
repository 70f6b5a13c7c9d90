import { afterAll, beforeAll, expect, it } from "vitest";
import type { SessionLine } from "../../../shared/protocol/password-routes.ts";
import { createTestDatabase, type TestDatabase } from "../../db/testing.ts";
import { openRep, type SignedIn, signIn } from "../../promises/test-rep.ts";
import { startTestWeb, type TestWeb } from "../../promises/test-web.ts";
import { addWorkspace, type TestMember, testPassword } from "../../promises/test-workspace.ts";

// Two web roles on one database: what ends at one of them ends at the other.
let database: TestDatabase;
let left: TestWeb;
let right: TestWeb;

beforeAll(async () => {
  database = await createTestDatabase({ poolSize: 12 });
  left = await startTestWeb({ databaseUrl: database.url });
  right = await startTestWeb({ databaseUrl: database.url });
});
afterAll(async () => {
  await left.close();
  await right.close();
  await database.close();
});

async function ask<T>({ cookie }: SignedIn, path: string, body?: object): Promise<T> {
  const response = await fetch(left.url + path, {
    method: body === undefined ? "GET" : "POST",
    headers: { origin: left.url, "content-type": "application/json", cookie },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return (await response.json()) as T;
}

/** One person, here at the left process and at two links of the right one. */
async function signedInThrice() {
  const { members } = await addWorkspace(database.db, { roles: ["rep"] });
  const [member] = members as [TestMember];
  const here = await signIn(left.url, member);
  const first = await openRep(right.url, await signIn(right.url, member));
  const second = await openRep(right.url, await signIn(right.url, member));
  const stays = await openRep(right.url, here);
  const linksEnded = [first, second].map((link) => link.hear("session:ended").then(({ because }) => because));
  return { here, first, second, stays, linksEnded };
}

it("signing out everywhere else ends those links at every process, and no other", async () => {
  const { here, stays, linksEnded } = await signedInThrice();
  expect(await ask(here, "/api/sessions/end-others", {})).toMatchObject({ ok: true, ended: 2 });
  expect(await Promise.all(linksEnded)).toEqual(["signed_out", "signed_out"]);
  expect(await stays.ask("console:sync", {})).toMatchObject({ ok: true });
  const { sessions } = await ask<{ sessions: SessionLine[] }>(here, "/api/sessions");
  expect(sessions.map(({ isThis }) => isThis)).toEqual([true]);
  stays.close();
});

it("another password does the same", async () => {
  const { here, stays, linksEnded } = await signedInThrice();
  const change = { current: testPassword, password: "four small grey cats" };
  expect(await ask(here, "/api/password", change)).toMatchObject({ ok: true, ended: 2 });
  expect(await Promise.all(linksEnded)).toEqual(["signed_out", "signed_out"]);
  expect(await stays.ask("console:sync", {})).toMatchObject({ ok: true });
  stays.close();
});

it("signing one out ends its link and leaves the others", async () => {
  const { here, first, second, stays } = await signedInThrice();
  const { sessions } = await ask<{ sessions: SessionLine[] }>(here, "/api/sessions");
  const one = sessions.find(({ isThis }) => !isThis);
  expect(await ask(here, `/api/sessions/${one?.id}/end`, {})).toEqual({ ok: true });
  await expect.poll(() => [first, second].filter((link) => link.socket.connected).length).toBe(1);
  expect(await stays.ask("console:sync", {})).toMatchObject({ ok: true });
  for (const link of [first, second, stays]) link.close();
});
