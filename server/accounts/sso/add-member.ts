import type { Kysely } from "kysely";
import type { MemberId } from "../../../shared/model/ids.ts";
import { limits } from "../../../shared/protocol/limits.ts";
import type { Database } from "../../db/tables.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { createMember } from "../create-member.ts";
import { acceptThroughProvider, invitationForAddress } from "../invitations/accept-through-provider.ts";
import { joinTeams } from "../members/set-teams.ts";
import type { Told } from "./port.ts";
import type { ProviderRow } from "./store.ts";

/** Until the person confirms their own: the checklist asks, and the browser knows it. */
const firstZone = "UTC";

/**
 * A member made when they first come through a provider: as what an admin invited them, or with the provider's default role
 * and team. Throws `taken`.
 */
export async function addMember(
  db: Kysely<Database>,
  provider: ProviderRow,
  told: Told,
  email: string,
): Promise<MemberId> {
  const workspaceId = provider.workspace_id;
  const invitation = await invitationForAddress(db, workspaceId, email);
  const role = invitation?.role ?? provider.default_role;
  const firstName = cleanName(told.firstName) || cleanName(email.slice(0, email.lastIndexOf("@")));
  const memberId = await createMember(db, {
    workspaceId,
    email,
    role,
    firstName,
    lastName: cleanName(told.lastName),
    jobTitle: "",
    zone: firstZone,
    isConfirmed: false,
  });
  const defaultTeams = provider.default_team_id === null ? [] : [provider.default_team_id];
  await joinTeams(db, workspaceId, memberId, invitation?.teamIds ?? defaultTeams);
  if (invitation !== null) await acceptThroughProvider(db, workspaceId, invitation.id, memberId);
  await recordAudit(db, {
    workspaceId,
    actorId: memberId,
    action: "member_joined",
    subject: { kind: "member", id: memberId, name: email },
    details: { role, by: provider.name },
  });
  return memberId;
}

/** A name as our own forms would take it: one line, without what tricks the eye. */
function cleanName(name: string | null): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  const unwanted = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\p{Surrogate}]/gu;
  return (name ?? "").replace(unwanted, " ").replace(/\s+/g, " ").trim().slice(0, limits.nameChars);
}
