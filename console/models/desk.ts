import { computed, createModel, effect, signal } from "@preact/signals";
import type { ConversationId, VisitorId } from "../../shared/model/ids.ts";
import type { SessionView } from "../../shared/model/session.ts";
import type { ConnectOutcome } from "../../shared/protocol/connection-routes.ts";
import { mayLink } from "../../shared/protocol/permissions.ts";
import type {
  Alarm,
  ApiCall,
  Attention,
  Chance,
  Clock,
  OwnBrowser,
  PhotoUpload,
  RepLink,
  Shelf,
} from "../ports.ts";
import { AuditModel } from "./audit.ts";
import { BoardModel } from "./board.ts";
import { CannedRepliesModel } from "./canned-replies.ts";
import { ConnectionModel } from "./connection.ts";
import { ConversationsModel } from "./conversations.ts";
import { DoctorModel } from "./doctor.ts";
import { DraftsModel } from "./drafts.ts";
import { HoursModel } from "./hours.ts";
import { IntegrationsModel } from "./integrations.ts";
import { InvitationsModel } from "./invitations.ts";
import { KeysModel } from "./keys.ts";
import { MailboxModel } from "./mailbox.ts";
import { MeModel } from "./me.ts";
import { MeetingDetailsModel } from "./meeting-details.ts";
import { MeetingsModel } from "./meetings.ts";
import { MembersModel } from "./members.ts";
import { MyConnectionsModel } from "./my-connections.ts";
import { NoticesModel } from "./notices.ts";
import { OffersModel } from "./offers.ts";
import { OutboxModel } from "./outbox.ts";
import { PhoneCodeModel } from "./phone-code.ts";
import { homeOf, mayOpen, type Places } from "./place.ts";
import { ProfileModel } from "./profile.ts";
import { ProofModel } from "./proof.ts";
import { RingingModel, type RingTexts } from "./ringing.ts";
import { SearchModel } from "./search.ts";
import { SetUpModel } from "./set-up.ts";
import { SignedInModel } from "./signed-in.ts";
import { SitesModel } from "./sites.ts";
import { SsoModel } from "./sso.ts";
import { nameOf, TeamModel } from "./team.ts";
import { type OpenThread, ThreadModel } from "./thread.ts";
import { TickerModel } from "./ticker.ts";
import { WorkspaceModel } from "./workspace.ts";

export type DeskNeeds = {
  link: RepLink;
  call: ApiCall;
  clock: Clock;
  chance: Chance;
  shelf: Shelf;
  alarm: Alarm;
  attention: Attention;
  places: Places;
  uploadPhoto: PhotoUpload;
  browser: OwnBrowser;
  ringTexts: RingTexts;
  /** Goes to a page that is not ours: a provider's. */
  leave: (url: string) => void;
  /** How the way to an outside account ended that led to this page; null: none did. */
  connectOutcome: ConnectOutcome | null;
  /** Said when a colleague hands a conversation over to me. */
  arrivedText: (from: string | null, who: string | null) => string;
};
export type Desk = InstanceType<typeof DeskModel>;

/** Everything a signed-in member works with; it lives as long as the session. */
export const DeskModel = createModel((needs: DeskNeeds, session: SessionView) => {
  const { link, clock, chance, shelf, alarm, attention, places } = needs;
  const proof = new ProofModel(needs.call);
  const { call } = proof;
  const myId = session.member.id;
  const connection = new ConnectionModel(link, clock, chance);
  const team = new TeamModel(link, connection);
  const board = new BoardModel(link, connection, chance);
  const offers = new OffersModel(link, connection, clock, (id) => places.openConversation(id));
  const outbox = new OutboxModel(link, connection, clock, chance, shelf, myId);
  const thread = signal<OpenThread | null>(null);

  // An address kept from another role, or from a colleague, leads to what one may look at.
  if (!mayOpen(session.member.role, places.place.peek().page)) {
    places.go({ page: homeOf(session.member.role), conversationId: null });
  }
  const openId = computed<ConversationId | null>(() =>
    places.place.value.page === "conversations" ? places.place.value.conversationId : null,
  );
  effect(() => {
    const id = openId.value;
    if (!id) return;
    const opened = new ThreadModel({ link, connection, clock, attention, outbox, myId }, id);
    thread.value = opened;
    return () => {
      opened[Symbol.dispose]();
      thread.value = null;
    };
  });

  /** The visitor whose pane is open: chosen on the board, or the one in the open conversation. */
  const chosenVisitor = signal<VisitorId | null>(null);
  const shownVisitor = computed(() =>
    places.place.value.page === "board" ? chosenVisitor.value : (thread.value?.visitorId.value ?? null),
  );

  const notices = new NoticesModel(clock);
  const conversations = new ConversationsModel(link, connection, myId, (line, from) => {
    const who = line.visitor.name ?? line.visitor.email;
    notices.say(needs.arrivedText(nameOf(team, from), who), line.id);
    alarm.chime();
  });

  return {
    myId: computed(() => myId),
    session: computed(() => session),
    proof,
    connection,
    team,
    board,
    offers,
    outbox,
    thread,
    chosenVisitor,
    ringing: new RingingModel(offers, conversations.unread, alarm, attention, clock, needs.ringTexts),
    conversations,
    drafts: new DraftsModel(shelf, myId),
    profile: new ProfileModel(link, connection, clock, shownVisitor),
    search: new SearchModel(call, clock),
    sso: new SsoModel(call, shelf, needs.leave),
    replies: new CannedRepliesModel(call),
    meetings: new MeetingsModel({ link, call, clock, myId, hasLink: mayLink(session.member.role) }),
    hours: new HoursModel(call, clock),
    members: new MembersModel(link, call, clock, team),
    connections: new MyConnectionsModel({
      link,
      call,
      clock,
      attention,
      leave: needs.leave,
      outcome: needs.connectOutcome,
    }),
    details: new MeetingDetailsModel(call),
    integrations: new IntegrationsModel(call),
    doctor: new DoctorModel(link, call, clock, attention, session.member.role === "admin"),
    me: new MeModel(call, needs.uploadPhoto, needs.browser),
    setUp: new SetUpModel(link, call, clock, attention),
    invitations: new InvitationsModel(call, link),
    keys: new KeysModel(shelf),
    signedIn: new SignedInModel(call),
    places,
    mailbox: new MailboxModel(call),
    audit: new AuditModel(call),
    phoneCode: new PhoneCodeModel(call, clock),
    notices,
    leave: (url: string) => needs.leave(url),
    ticker: new TickerModel(clock),
    workspace: new WorkspaceModel(call, clock, link),
    sites: new SitesModel(call, clock),
    choose(id: VisitorId | null) {
      chosenVisitor.value = id;
    },
  };
});
