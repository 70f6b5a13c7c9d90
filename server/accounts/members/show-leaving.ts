import type { Kysely } from "kysely";
import type { MemberId } from "../../../shared/model/ids.ts";
import type { Leaving } from "../../../shared/protocol/member-routes.ts";
import type { Zones } from "../../../shared/time/zone.ts";
import { openChatsOf } from "../../conversations/leave-chats.ts";
import type { Database } from "../../db/tables.ts";
import { listMeetingsToMove } from "../../meetings/meetings-to-move.ts";
import { showMember } from "./list-members.ts";
import { type Admin, chatHosts } from "./standing.ts";
import { openInvitationsBy } from "./store.ts";

/** What a member leaves behind: open chats, meetings ahead, invitations. */
export async function showLeaving(
  { db, zones }: { db: Kysely<Database>; zones: Zones },
  admin: Admin,
  id: MemberId,
): Promise<Leaving> {
  const { workspaceId } = admin;
  await showMember(db, workspaceId, id);
  const [chats, hosts, meetings, invitations] = await Promise.all([
    openChatsOf(db, { workspaceId, memberId: id }),
    chatHosts(db, admin, id),
    listMeetingsToMove({ db, zones }, workspaceId, id),
    openInvitationsBy(db, workspaceId, id),
  ]);
  return { chats, chatHosts: hosts, meetings, invitations };
}
