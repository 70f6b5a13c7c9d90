import type { Kysely } from "kysely";
import type { MemberId } from "../../../shared/model/ids.ts";
import { limits } from "../../../shared/protocol/limits.ts";
import type { Database } from "../../db/tables.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { createMember } from "../create-member.ts";
import type { Told } from "./port.ts";
import { insertTeamMember, type ProviderRow } from "./store.ts";

/** Until the person confirms their own: the checklist asks, and the browser knows it. */
const firstZone = "UTC";

/** A member made when they first come through a provider, with its default role and team. Throws `taken`. */
export async function addMember(
  db: Kysely<Database>,
  provider: ProviderRow,
  told: Told,
  email: string,
): Promise<MemberId> {
  const workspaceId = provider.workspace_id;
  const role = provider.default_role;
  const firstName = cleanName(told.firstName) || cleanName(email.slice(0, email.lastIndexOf("@")));
  const memberId = await createMember(db, {
    workspaceId,
    email,
    role,
    firstName,
    lastName: cleanName(told.lastName),
    jobTitle: "",
    zone: firstZone,
  });
  const teamIds = provider.default_team_id === null ? [] : [provider.default_team_id];
  await insertTeamMember(db, workspaceId, teamIds, memberId);
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
