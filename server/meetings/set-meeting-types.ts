import type { Kysely, Transaction } from "kysely";
import type { MeetingTypeId, MemberId, WorkspaceId } from "../../shared/model/ids.ts";
import type { MeetingType } from "../../shared/model/meeting-types.ts";
import { limits } from "../../shared/protocol/limits.ts";
import type { LedgerLine } from "../../shared/protocol/meeting-routes.ts";
import { zoneName } from "../../shared/time/zone.ts";
import { recordAudit } from "../accounts/audit/record-audit.ts";
import { newId } from "../db/ids.ts";
import type { Database } from "../db/tables.ts";
import { AppError } from "../errors.ts";
import { ledgerOf } from "./choose-host.ts";
import { countsAnew, misfitOf } from "./judge-type.ts";
import { toMeetingType } from "./type-view.ts";
import {
  insertType,
  leaveChat,
  lockTypes,
  markTypeRemoved,
  membersAmong,
  saveTypeHosts,
  slugIsTaken,
  type TypeRow,
  teamIsOurs,
  typeById,
  typesOf,
  updateType,
} from "./types-store.ts";

type Db = Kysely<Database>;
type Admin = { workspaceId: WorkspaceId; memberId: MemberId };
type Wish = Omit<MeetingType, "id">;

export async function listMeetingTypes(db: Db, workspaceId: WorkspaceId): Promise<MeetingType[]> {
  return (await typesOf(db, workspaceId)).map(toMeetingType);
}

/** Throws `taken`, `invalid_input` with a field. */
export async function addMeetingType(db: Db, admin: Admin, wish: Wish): Promise<MeetingType> {
  const id = newId<"meeting_type">();
  return unlessTaken(db, async (trx) => {
    if ((await lockTypes(trx, admin.workspaceId)) >= limits.meetingTypes)
      throw new AppError("invalid_input", { field: "name" });
    const type = await judged(trx, admin, id, wish, []);
    await insertType(trx, admin.workspaceId, id, type);
    await saveTypeHosts(trx, admin.workspaceId, id, type.hosts);
    await note(trx, admin, "meeting_type_added", { id, name: type.name });
    return found(trx, admin, id);
  });
}

/** Throws `taken`, `invalid_input` with a field, `not_found`. What is booked stays as it was booked. */
export async function changeMeetingType(
  db: Db,
  admin: Admin,
  id: MeetingTypeId,
  wish: Wish,
): Promise<MeetingType> {
  return unlessTaken(db, async (trx) => {
    await lockTypes(trx, admin.workspaceId);
    const before = await liveType(trx, admin.workspaceId, id);
    // Whoever was deactivated may stay in the list: they come back as the host they were.
    const type = await judged(trx, admin, id, wish, before.hosts);
    await updateType(trx, admin.workspaceId, id, type, { countsAnew: countsAnew(before, type) });
    await saveTypeHosts(trx, admin.workspaceId, id, type.hosts);
    await note(trx, admin, "meeting_type_changed", { id, name: type.name });
    return found(trx, admin, id);
  });
}

/** Its page is gone and nothing new is booked; what is booked stays. Throws `not_found`. */
export async function removeMeetingType(db: Db, admin: Admin, id: MeetingTypeId): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await lockTypes(trx, admin.workspaceId);
    const { name } = await liveType(trx, admin.workspaceId, id);
    await markTypeRemoved(trx, admin.workspaceId, id);
    await note(trx, admin, "meeting_type_removed", { id, name });
  });
}

/** Who gets the next meeting of this type; empty where nobody takes turns. Throws `not_found`. */
export async function showLedger(db: Db, workspaceId: WorkspaceId, id: MeetingTypeId): Promise<LedgerLine[]> {
  const type = await liveType(db, workspaceId, id);
  return type.hosting === "round_robin" ? ledgerOf(db, workspaceId, type) : [];
}

async function liveType(db: Db, workspaceId: WorkspaceId, id: MeetingTypeId): Promise<TypeRow> {
  const type = await typeById(db, workspaceId, id);
  if (type === undefined || type.removedAt !== null) throw new AppError("not_found");
  return type;
}

/** The wish as it is stored, if it can be. */
async function judged(
  trx: Transaction<Database>,
  { workspaceId }: Admin,
  id: MeetingTypeId,
  wish: Wish,
  hostsBefore: readonly { memberId: MemberId }[],
): Promise<Wish> {
  if (wish.isPublic && (await slugIsTaken(trx, wish.slug, id))) throw new AppError("taken");
  const zone = wish.hours?.zone == null ? null : zoneName(wish.hours.zone);
  if (zone === undefined) throw new AppError("invalid_input", { field: "hours" });
  const ids = wish.hosts.map(({ memberId }) => memberId);
  const field = misfitOf(wish, {
    isTeamOurs: wish.teamId !== null && (await teamIsOurs(trx, workspaceId, wish.teamId)),
    members: new Set([
      ...(await membersAmong(trx, workspaceId, ids)),
      ...hostsBefore.map(({ memberId }) => memberId),
    ]),
  });
  if (field !== null) throw new AppError("invalid_input", { field });
  if (wish.isForChat) await leaveChat(trx, workspaceId, id);
  return {
    ...wish,
    reminders: wish.reminders.toSorted((a, b) => b - a),
    hours: wish.hours && {
      zone,
      weekly: wish.hours.weekly.toSorted((a, b) => a.weekday - b.weekday),
    },
  };
}

/** Another workspace may take the slug at the same moment: then the index has the last word. */
async function unlessTaken<T>(db: Db, work: (trx: Transaction<Database>) => Promise<T>): Promise<T> {
  try {
    return await db.transaction().execute(work);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    throw code === "23505" ? new AppError("taken") : error;
  }
}

async function found(db: Db, { workspaceId }: Admin, id: MeetingTypeId): Promise<MeetingType> {
  return toMeetingType(await liveType(db, workspaceId, id));
}

async function note(
  trx: Transaction<Database>,
  { workspaceId, memberId }: Admin,
  action: "meeting_type_added" | "meeting_type_changed" | "meeting_type_removed",
  { id, name }: { id: MeetingTypeId; name: string },
): Promise<void> {
  await recordAudit(trx, {
    workspaceId,
    actorId: memberId,
    action,
    subject: { kind: "meeting_type", id, name },
  });
}
