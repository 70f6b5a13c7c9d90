import type { Kysely } from "kysely";
import type { MemberId } from "../../shared/model/ids.ts";
import type { Database } from "../db/tables.ts";
import { type Guest, visitorOf } from "./guest.ts";
import { lastHostOf, openConversation, ownerFirstDays } from "./hosts-store.ts";

/**
 * Who is asked before the pool, and how near their first time must be: the rep the visitor is talking with, else the host of the
 * visitor's latest meeting. Null: nobody. A guest of a public page is nobody we know: whose address they write down must not show
 * with whom that person met.
 */
export async function ownerOf(
  db: Kysely<Database>,
  guest: Guest,
): Promise<{ id: MemberId; withinDays: number } | null> {
  const visitorId = visitorOf(guest);
  if (visitorId === null) return null;
  const { workspaceId } = guest;
  const withinDays = await ownerFirstDays(db, workspaceId);
  if (withinDays === 0) return null;
  const conversation = await openConversation(db, workspaceId, visitorId);
  const id = conversation?.ownerId ?? (await lastHostOf(db, workspaceId, visitorId));
  return id === null ? null : { id, withinDays };
}
