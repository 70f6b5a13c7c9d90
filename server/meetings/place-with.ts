import type { Kysely } from "kysely";
import type { MemberId, WorkspaceId } from "../../shared/model/ids.ts";
import type { MeetingPlace } from "../../shared/model/meetings.ts";
import type { Database } from "../db/tables.ts";
import { meansOf } from "./means-store.ts";
import { placeOf } from "./place-of.ts";
import type { TypeRow } from "./types-store.ts";

/** Where this host holds a meeting of this type; null as the type: their usual one, which may have no place. */
export async function placeWith(
  db: Kysely<Database>,
  workspaceId: WorkspaceId,
  hostId: MemberId,
  type: Pick<TypeRow, "place"> | null,
): Promise<MeetingPlace | null | "no_place"> {
  const means = (await meansOf(db, workspaceId, [hostId])).get(hostId);
  return means === undefined ? "no_place" : placeOf(type?.place ?? null, means);
}
