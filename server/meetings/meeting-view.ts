import type { Kysely } from "kysely";
import type { GuestMeeting, TeamMeeting } from "../../shared/model/meetings.ts";
import type { SiteLook } from "../../shared/protocol/site-look.ts";
import { loadRepCards } from "../accounts/team.ts";
import type { Database } from "../db/tables.ts";
import { AppError } from "../errors.ts";
import { guestSide } from "./hosts-store.ts";
import type { MeetingRow } from "./store.ts";

/** A meeting as its guest sees it. */
export async function toGuestMeeting(db: Kysely<Database>, row: MeetingRow): Promise<GuestMeeting> {
  const [host] = await loadRepCards(db, row.workspaceId, [row.hostId]);
  if (host === undefined || row.state === "held") throw new AppError("not_found");
  return { ...common(row), state: row.state, host };
}

/** Whose page a guest's meeting is shown on. */
export async function companyOf(
  db: Kysely<Database>,
  row: MeetingRow,
): Promise<Pick<SiteLook, "companyName" | "color">> {
  const { companyName, color } = await guestSide(db, row.workspaceId, row.visitorId);
  return { companyName, color };
}

/** A meeting as the team sees it. */
export function toTeamMeeting(row: MeetingRow, mailProblem: string | null): TeamMeeting {
  return {
    ...common(row),
    state: row.state === "cancelled" ? "cancelled" : "booked",
    hostId: row.hostId,
    conversationId: row.conversationId,
    createdAt: row.createdAt,
    mailProblem,
    typeId: row.typeId,
    coHostIds: row.coHostIds,
    hostNotes: row.hostNotes,
    isNoShow: row.noShowAt !== null,
    tasks: [],
  };
}

function common(row: MeetingRow) {
  return {
    id: row.id,
    startAt: row.startAt,
    endAt: row.endAt,
    guestName: row.guestName,
    guestEmail: row.guestEmail,
    note: row.note,
    zone: row.guestZone,
    typeName: row.typeName,
    place: row.place,
    answers: row.answers,
  };
}
