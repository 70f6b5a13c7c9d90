import { afterEach, beforeEach, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../db/testing.ts";
import { addWorkspace, type TestWorkspace, testPassword } from "../promises/test-workspace.ts";
import { openSession } from "./open-session.ts";
import { proveByPassword, requireProof } from "./proof.ts";
import { createSessions, type MemberAccess } from "./session.ts";
import { sessionCookieFor } from "./session-cookie.ts";

let database: TestDatabase;
let workspace: TestWorkspace;

beforeEach(async () => {
  database = await createTestDatabase();
  workspace = await addWorkspace(database.db, { roles: ["admin"] });
});
afterEach(() => database.close());

async function signedIn(): Promise<MemberAccess> {
  const [member] = workspace.members;
  const { token } = await openSession(database.db, {
    workspaceId: workspace.id,
    memberId: member!.id,
    kind: "password",
    label: "Firefox on Linux",
  });
  const sessions = createSessions({ db: database.db, cookie: sessionCookieFor("http://localhost:3000") });
  const access = await sessions.memberOfToken(token);
  if (access === null) throw new Error("the session was just opened");
  return access;
}

/** Moves the database's clock for every connection of this database. */
async function moveClock(minutes: number) {
  await database.pool.query(
    `create or replace function foyer_now() returns timestamptz language sql volatile as
     'select clock_timestamp() + interval ''${minutes} minutes'''`,
  );
}

const checkPassword = async ({ password }: { password: string }) => password === testPassword;

it("counts ten minutes from the sign-in, then the password is asked again", async () => {
  const member = await signedIn();
  await expect(requireProof(database.db, member)).resolves.toBe(undefined);
  await moveClock(11);
  await expect(requireProof(database.db, member)).rejects.toMatchObject({ code: "proof_needed" });
  const prove = (password: string) => proveByPassword({ db: database.db, checkPassword }, member, password);
  await expect(prove("wrong")).rejects.toMatchObject({ code: "invalid_input" });
  await expect(requireProof(database.db, member)).rejects.toMatchObject({ code: "proof_needed" });
  await prove(testPassword);
  await expect(requireProof(database.db, member)).resolves.toBe(undefined);
});

it("of one session is none of another, nor of another workspace's member", async () => {
  const [first, second] = [await signedIn(), await signedIn()];
  await moveClock(11);
  await proveByPassword({ db: database.db, checkPassword }, first, testPassword);
  await expect(requireProof(database.db, second)).rejects.toMatchObject({ code: "proof_needed" });
  const other = await addWorkspace(database.db, { roles: ["admin"] });
  await expect(requireProof(database.db, { ...first, workspaceId: other.id })).rejects.toMatchObject({
    code: "proof_needed",
  });
});
