import type { ConnectionId } from "../../shared/model/ids.ts";
import type { CalDavProblem } from "../../shared/protocol/caldav-routes.ts";
import type { MemberAccess } from "../accounts/session.ts";
import type { ConnectionDeps } from "../connections/deps.ts";
import { announceHealth } from "../connections/health.ts";
import { saveConnection } from "../connections/save-connection.ts";
import { AppError } from "../errors.ts";
import { keepCalendars } from "./keep-calendars.ts";
import type { FoundCalendar } from "./port.ts";

/** What was found at the address that somebody typed; `principal` is who the server says they are. */
export type FoundAccount = { home: string; principal: string; calendars: readonly FoundCalendar[] };

export type FindAccount = (
  server: string,
  credentials: { username: string; password: string },
) => Promise<FoundAccount | { problem: CalDavProblem }>;

export type ConnectCalDavDeps = {
  connections: Pick<ConnectionDeps, "db" | "keys" | "announce">;
  findCalDavAccount: FindAccount;
};

type Wish = { server: string; username: string; password: string; again: ConnectionId | null };

/** Finds the account and keeps it with its calendars. Refuses with the field that is wrong, and why. */
export async function connectCalDav(
  { connections, findCalDavAccount }: ConnectCalDavDeps,
  { workspaceId, memberId }: MemberAccess,
  { server, username, password, again }: Wish,
): Promise<void> {
  const found = await findCalDavAccount(server, { username, password });
  if ("problem" in found) {
    const field = found.problem === "wrong_password" ? "password" : "server";
    throw new AppError("invalid_input", { field, reason: found.problem });
  }
  const isSaved = await connections.db.transaction().execute(async (trx) => {
    const connectionId = await saveConnection(trx, connections, {
      workspaceId,
      memberId,
      provider: "caldav",
      accountId: new URL(found.principal, found.home).href,
      accountName: nameOf(server, username),
      serverUrl: found.home,
      scopes: [],
      secret: { kind: "password", username, password },
      expiresInSeconds: null,
      problem: null,
      again,
    });
    if (connectionId === null) return false;
    await keepCalendars(trx, { workspaceId, memberId, connectionId, provider: "caldav" }, found.calendars);
    return true;
  });
  // Another account than the one to connect again.
  if (!isSaved) throw new AppError("invalid_input", { field: "username" });
  announceHealth(connections, { workspaceId });
}

/** An address, if one was typed: its owner is invited by it. */
function nameOf(server: string, username: string): string {
  const typed = [username, server].map((each) => each.trim());
  return typed.find((each) => /^[^\s@/]+@[^\s@/]+$/.test(each)) ?? username;
}
