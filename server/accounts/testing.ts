import type { MemberId, WorkspaceId } from "../../shared/model/ids.ts";
import type { SessionKind } from "../../shared/model/people.ts";
import type { Db } from "../db/connect.ts";
import { createKnownBrowsers } from "./known-browsers.ts";
import { openSession } from "./open-session.ts";
import { createSessions, type MemberAccess } from "./session.ts";
import { sessionCookieFor } from "./session-cookie.ts";

/** Browsers as a server of the tests knows them. */
export const testBrowsers = createKnownBrowsers({
  secretKey: "a key of the tests, long enough to count",
  cookie: sessionCookieFor("http://localhost"),
});

/** A member as a session of theirs that was just opened proves them. */
export async function signedIn(
  db: Db,
  member: { workspaceId: WorkspaceId; memberId: MemberId },
  kind: SessionKind = "password",
): Promise<MemberAccess> {
  const { token } = await openSession(db, { ...member, kind, label: "Firefox on Linux" });
  const access = await createSessions({ db, cookie: sessionCookieFor("http://localhost") }).memberOfToken(
    token,
  );
  if (access === null) throw new Error("the session was just opened");
  return access;
}
