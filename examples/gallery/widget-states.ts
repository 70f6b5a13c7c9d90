import type { MeetingId } from "../../shared/model/ids.ts";
import type { GuestMeeting } from "../../shared/model/meetings.ts";
import type { ErrorCode } from "../../shared/protocol/errors.ts";
import type { BookingPage } from "../../widget/book/booking-page-api.ts";
import type { Teaser } from "../../widget/frame/host.ts";
import type { Asked } from "../../widget/frame/link.ts";
import type { MeetingLinkModel } from "../../widget/manage/models/meeting-link.ts";
import { type BookingState, readyRoom, tour } from "./fake-bookings.ts";
import { ada, long, nora, tomas } from "./people.ts";

type Look = { name: string; direction?: "rtl"; scheme?: "dark" };

export type TeaserState = Look & { teaser: Teaser };

const greeting: Teaser = {
  name: `${nora.firstName} ${nora.lastName}`,
  title: nora.jobTitle,
  text: "Hello! May I help you to choose?",
  face: nora.photoUrl,
};

export const teaserStates: TeaserState[] = [
  { name: "Teaser", teaser: greeting },
  { name: "Teaser, dark", scheme: "dark", teaser: greeting },
  { name: "Teaser, right to left", direction: "rtl", teaser: greeting },
  {
    name: "Teaser, long, without a face",
    teaser: {
      name: `${long.firstName} ${long.lastName}`,
      title: long.jobTitle,
      text: `${"W".repeat(60)} and then a good many ordinary words, as people write them when they are in the mood to explain.`,
      face: null,
    },
  },
];

export type MeetingState = Look & {
  meeting: GuestMeeting;
  refusal?: ErrorCode | "never";
  after?: (link: MeetingLinkModel) => unknown;
};

const startAt = Math.ceil(Date.now() / 86_400_000) * 86_400_000 + 2 * 86_400_000 + 10 * 3_600_000;
const meeting: GuestMeeting = {
  id: "30000000-0000-4000-8000-000000000002" as MeetingId,
  state: "booked",
  host: nora,
  startAt,
  endAt: startAt + 1_800_000,
  guestName: "Ada",
  guestEmail: "ada@guest.example",
  note: "",
  zone: "Europe/Lisbon",
  typeName: null,
  place: null,
  answers: [],
};

export const meetingStates: MeetingState[] = [
  { name: "Meeting", meeting: { ...meeting, note: "We are twelve people and share one large room." } },
  {
    name: "Meeting of a type, with a room",
    meeting: {
      ...meeting,
      typeName: tour.name,
      place: readyRoom,
      answers: [{ id: "desks", label: "How many desks are there?", answer: "Forty, on two floors" }],
    },
  },
  {
    name: "Meeting, room to come",
    meeting: { ...meeting, place: { ...readyRoom, state: "pending", joinUrl: null, passcode: null } },
  },
  {
    name: "Meeting, no room to be had",
    meeting: {
      ...meeting,
      place: { ...readyRoom, state: "failed", joinUrl: null, passcode: null, phone: null },
    },
  },
  {
    name: "Meeting by phone",
    meeting: { ...meeting, place: { ...readyRoom, kind: "phone", joinUrl: null, passcode: null } },
  },
  { name: "Meeting, loading", meeting, refusal: "never" },
  { name: "Meeting, link over", meeting, refusal: "expired" },
  { name: "Meeting, server away", meeting, refusal: "unavailable" },
  { name: "Meeting, cancel?", meeting, after: (link) => link.askToCancel() },
  { name: "Meeting, cancelled", meeting: { ...meeting, state: "cancelled" } },
  { name: "Meeting, new time", meeting, after: (link) => link.loadTimes() },
  { name: "Meeting, move?", meeting, after: (link) => link.chooseTime(startAt + 86_400_000) },
  { name: "Meeting, dark", meeting, scheme: "dark" },
  { name: "Meeting, long, right to left", meeting: { ...meeting, host: long }, direction: "rtl" },
];

export type BookState = Look & { page: Asked<BookingPage>; booking?: BookingState; isInline?: boolean };

const page = {
  ok: true as const,
  guest: "word",
  company: { companyName: "Larchwell", color: "#2f5d4a", logoUrl: null },
  type: tour,
  hosts: [nora, tomas, ada],
};
const lengthy = {
  ...page,
  company: { ...page.company, companyName: "The Larchwell Company for Quiet Rooms and Movable Walls" },
  type: {
    ...tour,
    name: "W".repeat(40),
    description: `${"Words, and more words. ".repeat(20)}`,
    questions: [],
  },
  hosts: [long],
};

export const bookStates: BookState[] = [
  { name: "Booking page", page },
  { name: "Booking page, dark", page, scheme: "dark" },
  { name: "Booking page, right to left", page, direction: "rtl" },
  { name: "Booking page, long", page: lengthy },
  { name: "Booking page, questions", page, booking: "questions" },
  { name: "Booking page, booked", page, booking: "booked" },
  { name: "Booking page, nobody", page, booking: "nobody" },
  { name: "Booking page, calendar unread", page, booking: "unread" },
  { name: "Booking page, waiting", page, booking: "never" },
  { name: "Booking page, times not reachable", page, booking: "failed" },
  { name: "Booking page, just taken", page, booking: "taken" },
  { name: "Booking page, not there", page: { ok: false, code: "not_found" } },
  { name: "Booking page, server away", page: { ok: false, code: "unavailable" } },
  { name: "Booking page, inside another", page, isInline: true },
];
