import { randomUUID } from "node:crypto";
import type {
  CalendarId,
  CannedReplyId,
  ConnectionId,
  ConversationId,
  DomainId,
  InvitationId,
  MailId,
  MeetingId,
  MeetingTypeId,
  MemberId,
  OfferId,
  ProviderId,
  SessionId,
  SiteId,
  TeamId,
  VisitorId,
  WorkspaceId,
} from "../../shared/model/ids.ts";
import type { MailLine } from "../../shared/protocol/console-routes.ts";
import type { SessionLine } from "../../shared/protocol/password-routes.ts";
import { decodeSlots } from "../../shared/time/slot-code.ts";
import { addCalendar, addConnection } from "../calendars/testing.ts";
import type { Db } from "../db/connect.ts";
import { newId } from "../db/ids.ts";
import { signToken } from "../signed-token.ts";
import type { Foreign, Own } from "./foreign.ts";
import { openRep, type RepLink, type SignedIn, signIn } from "./test-rep.ts";
import {
  arrive,
  beat,
  newClientId,
  openVisitor,
  type TestVisitor,
  type VisitorLink,
} from "./test-visitor.ts";
import { testSecretKey } from "./test-web.ts";
import { addWorkspace } from "./test-workspace.ts";

type Place = { url: string; db: Db };

const secret = "secret words of the first tenant";

/** The second tenant: its admin's console, listening to everything it can, and its visitor with a conversation. */
export async function openStranger({ url, db }: Place) {
  const workspace = await addWorkspace(db, { name: "Other Ltd", roles: ["admin", "rep"] });
  const [admin, colleague] = workspace.members;
  if (admin === undefined || colleague === undefined) throw new Error("two members were asked for");
  const session = await signIn(url, admin);
  const rep = await openRep(url, session);
  await rep.askOk("console:sync", {});
  await rep.askOk("board:watch", {});
  const person = await arrive(url, workspace.siteKey);
  const visitor = await openVisitor(url, person);
  const opening = { visitorId: person.id, clientId: newClientId(), text: "Hello from the other tenant" };
  const { conversationId } = await rep.askOk("visitor:pounce", opening);
  const own: Own = {
    conversation: conversationId,
    epoch: 1,
    colleague: colleague.id,
    client: newClientId,
  };
  return { workspace, session, rep, person, visitor, own, links: [rep, visitor] };
}

export async function call(
  url: string,
  method: string,
  path: string,
  headers: Record<string, string>,
  input: object,
): Promise<{ status: number; body: { ok?: boolean } & Record<string, unknown> }> {
  const query = method === "GET" ? `?${new URLSearchParams(input as Record<string, string>)}` : "";
  const response = await fetch(url + path + query, {
    method,
    headers: { ...headers, origin: url, "content-type": "application/json" },
    ...(method === "GET" ? {} : { body: JSON.stringify(input) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

export const asMember = ({ cookie }: SignedIn) => ({ cookie });
export const asVisitor = ({ credential }: TestVisitor) => ({ authorization: `Visitor ${credential}` });

async function expectOk(answer: ReturnType<typeof call>) {
  const { body } = await answer;
  if (body.ok !== true) throw new Error(`refused: ${JSON.stringify(body)}`);
  return body;
}

/** The first tenant's day, every kind of news included; answers the ids that others will reach for. */
export async function liveADay({ url, db }: Place) {
  const workspace = await addWorkspace(db, {
    name: "First Ltd",
    roles: ["admin", "rep"],
    routing: { acceptSeconds: 600, maxWaitSeconds: 600 },
  });
  const [first, second] = workspace.members;
  if (first === undefined || second === undefined) throw new Error("two members were asked for");
  const session = await signIn(url, first);
  const [admin, rep] = [await openRep(url, session), await openRep(url, await signIn(url, second))];
  for (const console of [admin, rep]) {
    await console.askOk("console:sync", {});
    await console.askOk("board:watch", {});
  }
  const person = await arrive(url, workspace.siteKey);
  const visitor = await openVisitor(url, person);
  const client = newClientId();
  const { conversation } = await visitor.askOk("conversation:start", { clientId: client, text: secret });
  const conversationId = conversation.id;
  const { offer } = await admin.hear("offer:changed", (news) => news.offer.state === "alerting");
  await admin.askOk("offer:accept", { offerId: offer.id });
  await admin.askOk("conversation:watch", { conversationId, since: 0 });
  await admin.askOk("message:send", { conversationId, epoch: 1, clientId: newClientId(), text: secret });
  await admin.askOk("note:add", { conversationId, clientId: newClientId(), text: secret });
  await admin.askOk("meeting:offer", { conversationId, epoch: 1, clientId: newClientId(), hostId: null });
  visitor.tell("typing:set", { conversationId, isTyping: true });
  await admin.hear("typing:changed");
  await visitor.askOk("marks:set", { conversationId, delivered: 3, seen: 3 });
  await admin.hear("marks:changed");
  await visitor.askOk("visitor:identify", { conversationId, name: secret, email: "first@example.org" });
  await rep.askOk("availability:set", { isAvailable: false });
  await rep.askOk("availability:set", { isAvailable: true });
  await beat(url, workspace.siteKey, "page", person.credential, "https://shop.example/secret-page");

  const cannedReply = await expectOk(
    call(url, "POST", "/api/canned-replies", asMember(session), { title: "Ours", text: secret }),
  );
  const team = await expectOk(
    call(url, "POST", "/api/teams", asMember(session), { name: secret, memberIds: [first.id] }),
  );
  const invitedEmail = "newcomer@example.org";
  const invited = await expectOk(
    call(url, "POST", "/api/invitations", asMember(session), {
      text: invitedEmail,
      role: "rep",
      teamIds: [],
    }),
  );
  const slots = await expectOk(call(url, "GET", "/visitor/slots", asVisitor(person), { host: first.id }));
  const startAt = decodeSlots(String(slots.slots))[20] ?? 0;
  const bookingKey = randomUUID();
  const held = await expectOk(
    call(url, "POST", "/visitor/holds", asVisitor(person), { host: first.id, startAt, offer: slots.offer }),
  );
  const guest = { name: secret, email: "first@example.org", note: secret, zone: "UTC" };
  const booked = await expectOk(
    call(url, "POST", "/visitor/meetings", asVisitor(person), {
      key: bookingKey,
      holdId: held.holdId,
      ...guest,
    }),
  );
  await admin.hear("meeting:changed");
  // A second visitor of ours waits, and holds a time that is not booked yet.
  const waiting = await arrive(url, workspace.siteKey);
  const waitingLink = await openVisitor(url, waiting);
  const asked = await waitingLink.askOk("conversation:start", { clientId: newClientId(), text: secret });
  const ringing = await rep.hear(
    "offer:changed",
    (news) => news.offer.conversationId === asked.conversation.id,
  );
  const later = await expectOk(call(url, "GET", "/visitor/slots", asVisitor(waiting), { host: first.id }));
  const hold = await expectOk(
    call(url, "POST", "/visitor/holds", asVisitor(waiting), {
      host: first.id,
      startAt: decodeSlots(String(later.slots))[60],
      offer: later.offer,
    }),
  );
  const { mails } = await expectOk(call(url, "GET", "/api/mails", asMember(session), {}));
  const mail = (mails as MailLine[])[0];
  if (mail === undefined) throw new Error("a booking queues mails");
  const provider = await expectOk(
    call(url, "POST", "/api/sso/providers", asMember(session), { kind: "saml", name: secret }),
  );
  const domain = await expectOk(
    call(url, "POST", "/api/sso/domains", asMember(session), { domain: "first-secret.example" }),
  );
  const privateType = { id: newId<"meeting_type">(), slug: `private-${randomUUID()}` };
  await db
    .insertInto("meeting_types")
    .values({
      ...privateType,
      workspace_id: workspace.id,
      name: secret,
      durations: [30],
      hosting: "one",
      is_public: false,
    })
    .execute();
  await admin.hear("board:changed", ({ changed }) =>
    changed.some((one) => one.page.url.endsWith("secret-page")),
  );
  await admin.hear("conversation:changed", (news) => news.conversation.id === asked.conversation.id);

  // Not before all is booked: what is in this calendar nobody knows.
  const account = await addAccount(db, workspace.id, first.id);
  const signedIn = await expectOk(call(url, "GET", "/api/sessions", asMember(session), {}));
  const [ownSession] = signedIn.sessions as SessionLine[];
  if (ownSession === undefined) throw new Error("a session asked");
  const meeting = (booked.meeting as { id: MeetingId }).id;
  const notOurs = (purpose: "meeting_link" | "conversation_link", fields: string[]) =>
    signToken(`${testSecretKey} but another`, purpose, fields, Date.now() + 86_400_000);
  const foreign: Foreign = {
    conversation: conversationId,
    visitor: person.id,
    member: first.id,
    offer: ringing.offer.id,
    client,
    meeting,
    hold: String(hold.holdId) as MeetingId, // The server's own answer.
    bookingKey,
    slotsOffer: String(slots.offer),
    startAt,
    cannedReply: (cannedReply.reply as { id: CannedReplyId }).id,
    mail: mail.id,
    team: (team.team as { id: TeamId }).id,
    invitation: (invited.invitations as { id: InvitationId }[])[0]?.id as InvitationId, // Just made.
    invitedEmail,
    session: ownSession.id,
    site: workspace.siteId,
    provider: (provider.provider as { id: ProviderId }).id,
    domain: (domain.domain as { id: DomainId }).id,
    ...account,
    meetingToken: notOurs("meeting_link", [workspace.id, meeting, "guest"]),
    resumeToken: notOurs("conversation_link", [person.id]),
    meetingType: privateType.id,
    privatePage: privateType.slug,
    pageGuest: signToken(
      testSecretKey,
      "page_guest",
      [workspace.id, privateType.id, randomUUID()],
      Date.now() + 86_400_000,
    ),
  };
  const second2 = await arrive(url, workspace.siteKey);
  const neighbour = await openVisitor(url, second2);
  const links: (RepLink | VisitorLink)[] = [admin, rep, visitor, waitingLink, neighbour];
  const ids = [
    workspace.id,
    workspace.siteId,
    ...workspace.members.flatMap(({ id, email }) => [id, email]),
    ...[conversationId, asked.conversation.id, person.id, waiting.id, second2.id],
    ...[
      foreign.session,
      foreign.offer,
      meeting,
      foreign.hold,
      foreign.cannedReply,
      foreign.mail,
      foreign.team,
      foreign.invitation,
    ],
    ...[foreign.provider, foreign.domain, privateType.id, foreign.connection, foreign.calendar],
    ...["secret", "first@example.org", "First Ltd"],
  ];
  return { workspace, foreign, ids, links, admin, visitor, neighbour, neighbourPerson: second2 };
}

/** An outside account that nobody can open, with a calendar. */
async function addAccount(db: Db, workspaceId: WorkspaceId, memberId: MemberId) {
  const connection = await addConnection(db, workspaceId, memberId);
  const calendar = await addCalendar(db, workspaceId, memberId, connection, Date.now(), {
    blocksTime: false,
  });
  await db.updateTable("connections").set({ account_name: secret }).where("id", "=", connection).execute();
  await db.updateTable("calendars").set({ name: secret }).where("id", "=", calendar).execute();
  return { connection, calendar };
}

/** As many ids that nothing has. */
export function nobodys({ slotsOffer, startAt, meetingToken, resumeToken }: Foreign): Foreign {
  const id = <I extends string>() => randomUUID() as string as I; // Any id will do: nothing has it.
  return {
    conversation: id<ConversationId>(),
    visitor: id<VisitorId>(),
    member: id<MemberId>(),
    offer: id<OfferId>(),
    client: newClientId(),
    meeting: id<MeetingId>(),
    hold: id<MeetingId>(),
    bookingKey: randomUUID(),
    slotsOffer: signToken("nobody's key", "slots_offer", [slotsOffer.slice(0, 8)], startAt),
    startAt,
    cannedReply: id<CannedReplyId>(),
    mail: id<MailId>(),
    session: id<SessionId>(),
    team: id<TeamId>(),
    invitation: id<InvitationId>(),
    invitedEmail: "nobody-at-all@example.org",
    site: id<SiteId>(),
    provider: id<ProviderId>(),
    domain: id<DomainId>(),
    meetingType: id<MeetingTypeId>(),
    privatePage: "nobody-has-this",
    pageGuest: signToken("nobody's key", "page_guest", [randomUUID(), randomUUID(), randomUUID()], startAt),
    connection: id<ConnectionId>(),
    calendar: id<CalendarId>(),
    meetingToken: meetingToken.replace(/^./, (letter) => (letter === "W" ? "X" : "W")),
    resumeToken: resumeToken.replace(/^./, (letter) => (letter === "W" ? "X" : "W")),
  };
}
