import type { Kysely } from "kysely";
import type { MemberId, WorkspaceId, ZoneName } from "../../shared/model/ids.ts";
import { defaultHours, type MeetingHours } from "../../shared/model/meetings.ts";
import type { Role } from "../../shared/model/people.ts";
import { isEmail } from "../../shared/protocol/fields.ts";
import { newId } from "../db/ids.ts";
import type { Database } from "../db/tables.ts";
import { AppError } from "../errors.ts";
import { hashPassword } from "./password.ts";
import { insertMember } from "./store.ts";

export type NewMember = {
  workspaceId: WorkspaceId;
  email: string;
  role: Role;
  firstName: string;
  lastName: string;
  jobTitle: string;
  zone: ZoneName;
  /** Monday to Friday, 9 to 17, when left out. */
  hours?: MeetingHours;
  /** Null or left out: cannot sign in by password. */
  password?: string | null;
  /** Open conversations at a time; 4 when left out. */
  capacity?: number;
  /** False: the person has yet to look at profile, zone and hours, and is asked for no chats until then; true when left out. */
  isConfirmed?: boolean;
};

/** Throws `taken` when somebody has this address already, in whichever workspace. */
export async function createMember(db: Kysely<Database>, member: NewMember): Promise<MemberId> {
  if (!isEmail(member.email)) throw new AppError("invalid_input", { field: "email" });
  const id = newId<"member">();
  const isNew = await insertMember(db, {
    id,
    workspaceId: member.workspaceId,
    email: member.email,
    role: member.role,
    firstName: member.firstName,
    lastName: member.lastName,
    jobTitle: member.jobTitle,
    zone: member.zone,
    hours: member.hours ?? defaultHours(member.zone),
    passwordHash: member.password == null ? null : await hashPassword(member.password),
    capacity: member.capacity ?? 4,
    isConfirmed: member.isConfirmed ?? true,
  });
  if (!isNew) throw new AppError("taken");
  return id;
}
