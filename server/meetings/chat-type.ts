import type { Kysely } from "kysely";
import type { VisitorId, WorkspaceId } from "../../shared/model/ids.ts";
import type { HostChoice } from "../../shared/protocol/visitor-routes.ts";
import type { Database } from "../db/tables.ts";
import { activeHosts } from "./hosts-store.ts";
import { type TypeRow, typeForChat } from "./types-store.ts";

/**
 * What the chat books with this host, or with any: the workspace's type for the chat; null: the hosts' usual meeting. A rep who offers
 * their own time need not host that type, and on the site of a team nobody of which does, the team is met as usual.
 */
export async function chatType(
  db: Kysely<Database>,
  workspaceId: WorkspaceId,
  visitorId: VisitorId,
  host: HostChoice,
): Promise<TypeRow | null> {
  const type = await typeForChat(db, workspaceId);
  if (type === undefined) return null;
  // Times of one person are not those of several.
  if (host !== "any" && type.hosting === "collective") return null;
  const hosts = await activeHosts(db, workspaceId, {
    only: host === "any" ? null : [host],
    type,
    visitorId: poolOf(type, visitorId),
  });
  return hosts.length === 0 ? null : type;
}

/** Whose site narrows the pool: a type that names its hosts has a pool of its own. */
export function poolOf(type: TypeRow | null, visitorId: VisitorId | null): VisitorId | null {
  return type === null || type.hosting === "round_robin" ? visitorId : null;
}
