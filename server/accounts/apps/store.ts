import { type Kysely, sql } from "kysely";
import type { MemberId, WorkspaceId } from "../../../shared/model/ids.ts";
import type { Database } from "../../db/tables.ts";

type Db = Kysely<Database>;

// Until somebody says yes a code belongs to no workspace: the only rows here that are found without one, by 256 or 35 bits.

/** False for a user code that is under way already. */
export async function insertDeviceCode(
  db: Db,
  code: {
    deviceCodeHash: Buffer;
    userCodeHash: Buffer;
    appName: string;
    device: string;
    networkHash: Buffer;
    minutes: number;
  },
): Promise<boolean> {
  await db
    .deleteFrom("device_codes")
    .where("expires_at", "<", sql<Date>`foyer_now() - interval '1 hour'`)
    .execute();
  const row = await db
    .insertInto("device_codes")
    .values({
      device_code_hash: code.deviceCodeHash,
      user_code_hash: code.userCodeHash,
      app_name: code.appName,
      device: code.device,
      network_hash: code.networkHash,
      expires_at: sql`foyer_now() + make_interval(mins => ${code.minutes})`,
    })
    .onConflict((conflict) => conflict.column("user_code_hash").doNothing())
    .returning("device_code_hash")
    .executeTakeFirst();
  return row !== undefined;
}

/** The question that waits for this code's answer; undefined once it is answered or past its time. */
export function waitingCode(db: Db, userCodeHash: Buffer) {
  return db
    .selectFrom("device_codes")
    .select(["app_name", "device", "network_hash", "device_code_hash", "created_at"])
    .where("user_code_hash", "=", userCodeHash)
    .where("state", "=", "waiting")
    .where("expires_at", ">", sql<Date>`foyer_now()`)
    .executeTakeFirst();
}

/** The first answer counts. */
export async function saveAnswer(
  db: Db,
  userCodeHash: Buffer,
  answer: { state: "authorized" | "denied"; workspaceId: WorkspaceId; memberId: MemberId },
): Promise<boolean> {
  const row = await db
    .updateTable("device_codes")
    .set({ state: answer.state, workspace_id: answer.workspaceId, member_id: answer.memberId })
    .where("user_code_hash", "=", userCodeHash)
    .where("state", "=", "waiting")
    .where("expires_at", ">", sql<Date>`foyer_now()`)
    .returning("app_name")
    .executeTakeFirst();
  return row !== undefined;
}

/** Locked until the transaction ends: a code is exchanged once. */
export function lockDeviceCode(db: Db, deviceCodeHash: Buffer) {
  return db
    .selectFrom("device_codes")
    .select([
      "app_name",
      "state",
      "workspace_id",
      "member_id",
      sql<boolean>`expires_at <= foyer_now()`.as("is_expired"),
      sql<boolean>`polled_at is not null
        and foyer_now() < polled_at + make_interval(secs => interval_seconds)`.as("is_early"),
    ])
    .where("device_code_hash", "=", deviceCodeHash)
    .forUpdate()
    .executeTakeFirst();
}

/** Who has answered, without a lock. */
export function answererOf(db: Db, deviceCodeHash: Buffer) {
  return db
    .selectFrom("device_codes")
    .select(["workspace_id", "member_id"])
    .where("device_code_hash", "=", deviceCodeHash)
    .executeTakeFirst();
}

/** `isEarly`: every later poll has to wait five seconds longer (RFC 8628, section 3.5), within reason. */
export async function notePoll(db: Db, deviceCodeHash: Buffer, isEarly: boolean): Promise<void> {
  await db
    .updateTable("device_codes")
    .set({
      polled_at: sql`foyer_now()`,
      ...(isEarly && { interval_seconds: sql<number>`least(interval_seconds + 5, 60)` }),
    })
    .where("device_code_hash", "=", deviceCodeHash)
    .execute();
}

export async function noteUse(db: Db, deviceCodeHash: Buffer): Promise<void> {
  await db
    .updateTable("device_codes")
    .set({ state: "used" })
    .where("device_code_hash", "=", deviceCodeHash)
    .execute();
}
