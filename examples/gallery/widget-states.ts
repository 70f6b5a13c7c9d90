import type { MeetingId } from "../../shared/model/ids.ts";
import type { GuestMeeting } from "../../shared/model/meetings.ts";
import type { ErrorCode } from "../../shared/protocol/errors.ts";
import type { Teaser } from "../../widget/frame/host.ts";
import type { MeetingLinkModel } from "../../widget/manage/models/meeting-link.ts";
import { long, nora } from "./people.ts";

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
