import type { Kysely, Transaction } from "kysely";
import type { Fact } from "../../shared/model/facts.ts";
import type { Instant, MemberId } from "../../shared/model/ids.ts";
import { photoUrl } from "../accounts/rep-card.ts";
import { announceFacts } from "../conversations/announce.ts";
import { type ConversationRow, lockConversation } from "../conversations/lock-conversation.ts";
import { storeFacts } from "../conversations/store-facts.ts";
import type { Database } from "../db/tables.ts";
import { queueMail } from "../mail/queue-mail.ts";
import { renderMail } from "../mail/render-mail.ts";
import type { Bus } from "../realtime/hints.ts";
import { guestSide, type HostPerson, hostPerson, isActiveMember } from "./hosts-store.ts";
import { writeInvitation } from "./invitation.ts";
import { meetingUrl } from "./meeting-link.ts";
import {
  formerHostMail,
  guestMail,
  harmlessName,
  hostMail,
  type MeetingMailInput,
  type MeetingNews,
} from "./meeting-mails.ts";
import type { MeetingRow } from "./store.ts";

export type TellDeps = { secretKey: string; publicUrl: string };

/** Who did what to a meeting, and when. `oldStartAt` is where a moved one was before; `oldHostId` who had a given one. */
export type Told = {
  news: MeetingNews;
  by: "guest" | "host";
  at: Instant;
  oldStartAt: Instant | null;
  oldHostId?: MemberId;
};

export type ToAnnounce = {
  meeting: MeetingRow;
  conversation: ConversationRow | null;
  facts: readonly Fact[];
};

/**
 * Leaves in the transaction that changed a meeting what follows from it: the fact in the conversation, if that is still
 * open, and a mail with an invitation to both sides.
 */
export async function tellMeeting(
  transaction: Transaction<Database>,
  deps: TellDeps,
  meeting: MeetingRow,
  told: Told,
): Promise<ToAnnounce> {
  await mailBoth(transaction, deps, meeting, told);
  const conversation =
    meeting.conversationId === null
      ? null
      : await lockConversation(transaction, meeting.workspaceId, meeting.conversationId);
  if (!conversation?.isOpen) return { meeting, conversation: null, facts: [] };
  const facts = await storeFacts(transaction, conversation, [
    {
      // A host need not own the conversation; the body says who it was.
      writer:
        told.by === "guest" && meeting.visitorId !== null
          ? { kind: "visitor", id: meeting.visitorId }
          : { kind: "system" },
      body: factBody(meeting, told),
    },
  ]);
  return { meeting, conversation, facts };
}

/** After the commit. */
export function announceMeeting(bus: Bus, { meeting, conversation, facts }: ToAnnounce): void {
  if (conversation !== null) announceFacts(bus, conversation, facts);
  bus.publish({ kind: "meetings", workspaceId: meeting.workspaceId, hostId: meeting.hostId });
}

function factBody({ id, hostId, startAt, endAt }: MeetingRow, { news, by, oldHostId }: Told): Fact["body"] {
  const meetingId = id;
  if (news === "booked") return { kind: "meeting_booked", meetingId, hostId, startAt, endAt };
  if (news === "moved" || news === "given")
    return {
      kind: "meeting_moved",
      meetingId,
      hostId,
      startAt,
      endAt,
      ...(oldHostId === undefined ? {} : { formerHostId: oldHostId }),
    };
  return { kind: "meeting_cancelled", meetingId, startAt, by: by === "guest" ? "visitor" : "rep" };
}

/** Whose mail the guest gets: the site's, with the workspace's logo. */
async function brandOf(db: Kysely<Database>, { publicUrl }: TellDeps, meeting: MeetingRow) {
  const { logoId, ...side } = await guestSide(db, meeting.workspaceId, meeting.visitorId);
  const logo = photoUrl(logoId, "large");
  return { ...side, logoUrl: logo === null ? null : `${publicUrl}${logo}` };
}

async function mailBoth(
  db: Kysely<Database>,
  deps: TellDeps,
  meeting: MeetingRow,
  told: Told,
): Promise<void> {
  const { news, by, oldStartAt } = told;
  const host = await hostPerson(db, meeting.workspaceId, meeting.hostId);
  const brand = await brandOf(db, deps, meeting);
  const photo = photoUrl(host.photoId);
  const input: MeetingMailInput = {
    news,
    by,
    companyName: brand.companyName,
    host: { ...host, photoUrl: photo === null ? null : `${deps.publicUrl}${photo}` },
    guest: {
      name: meeting.guestName,
      email: meeting.guestEmail,
      zone: meeting.guestZone,
      language: brand.language,
    },
    startAt: meeting.startAt,
    endAt: meeting.endAt,
    oldStartAt,
    note: meeting.note,
  };
  const link = (recipient: "guest" | "host") => meetingUrl(deps, meeting, recipient);
  const sides = [
    {
      side: "guest",
      content: guestMail(input, link("guest")),
      to: { name: harmlessName(meeting.guestName), address: meeting.guestEmail },
      replyTo: host.email,
    },
    {
      side: "host",
      content: hostMail(input, link("host")),
      to: { name: host.name, address: host.email },
      replyTo: meeting.guestEmail,
    },
  ] as const;
  for (const { side, content, to, replyTo } of sides) {
    await queueMail(db, deps, {
      workspaceId: meeting.workspaceId,
      dedupe: `meeting/${meeting.id}/${meeting.sequence}/${side}`,
      to,
      replyTo,
      mail: renderMail(content, brand),
      invitation: invitation(deps, meeting, host, brand.companyName, told, side, link(side)),
      meetingId: meeting.id,
      ...(meeting.conversationId === null ? {} : { conversationId: meeting.conversationId }),
    });
  }
  if (told.oldHostId !== undefined)
    await mailFormerHost(db, deps, meeting, { input, told, formerId: told.oldHostId });
}

/** Whoever had a meeting that a colleague has now: it leaves their calendar. Nothing is mailed to who was deactivated. */
async function mailFormerHost(
  db: Kysely<Database>,
  deps: TellDeps,
  meeting: MeetingRow,
  { input, told, formerId }: { input: MeetingMailInput; told: Told; formerId: MemberId },
): Promise<void> {
  if (!(await isActiveMember(db, meeting.workspaceId, formerId))) return;
  const former = await hostPerson(db, meeting.workspaceId, formerId);
  const brand = await brandOf(db, deps, meeting);
  await queueMail(db, deps, {
    workspaceId: meeting.workspaceId,
    dedupe: `meeting/${meeting.id}/${meeting.sequence}/former`,
    to: { name: former.name, address: former.email },
    replyTo: null,
    mail: renderMail(formerHostMail(input, former), brand),
    invitation: invitation(
      deps,
      meeting,
      former,
      brand.companyName,
      { ...told, news: "cancelled" },
      "host",
      "",
    ),
    meetingId: meeting.id,
  });
}

/** The same event for both, but for each one's own link, because whoever has it may cancel, and the note, which is for the host. */
function invitation(
  { publicUrl }: TellDeps,
  meeting: MeetingRow,
  host: HostPerson,
  companyName: string,
  { news, at }: Told,
  side: "guest" | "host",
  url: string,
) {
  const method = news === "cancelled" ? "CANCEL" : "REQUEST";
  const note = meeting.note === "" || side === "guest" ? [] : [meeting.note];
  const manage = method === "CANCEL" ? [] : [`Move or cancel: ${url}`];
  return {
    method,
    content: writeInvitation({
      method,
      uid: `${meeting.id}@${new URL(publicUrl).hostname}`,
      sequence: meeting.sequence,
      stampAt: at,
      startAt: meeting.startAt,
      endAt: meeting.endAt,
      summary: side === "guest" ? `${host.name} (${companyName})` : `${meeting.guestName} (${companyName})`,
      description: [...note, ...manage].join("\n\n"),
      url: method === "CANCEL" ? null : url,
      organizer: { name: host.name, email: host.email },
      guest: { name: harmlessName(meeting.guestName) || meeting.guestEmail, email: meeting.guestEmail },
    }),
  } as const;
}
