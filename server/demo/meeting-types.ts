import type { Hosting, PlaceWish, Question } from "../../shared/model/meeting-types.ts";
import { type MeetingDetails, noMeetingDetails } from "../../shared/model/meetings.ts";
import type { PortraitName } from "./portraits/portraits.ts";

/** A kind of meeting that the invented company offers. */
export type DemoMeetingType = {
  slug: string;
  name: string;
  description: string;
  durations: number[];
  hosting: Hosting;
  hosts: readonly { key: PortraitName; weight?: number; priority?: number }[];
  place: PlaceWish;
  questions: Question[];
  noticeMinutes: number | null;
};

export const demoMeetingTypes: readonly DemoMeetingType[] = [
  {
    slug: "larchwell-first-look",
    name: "A first look at your rooms",
    description:
      "Show us your office on a call, or just tell us where it is loudest. You leave with an idea of what would help, and what it costs.",
    durations: [30, 15],
    hosting: "round_robin",
    hosts: [{ key: "desmond", weight: 2 }, { key: "zoe" }, { key: "imogen", priority: 1 }],
    place: "any",
    questions: [
      {
        id: "desks",
        label: "How many people work in the room?",
        kind: "choice",
        choices: ["Up to 10", "11 to 40", "More than 40"],
        isRequired: true,
      },
      { id: "what", label: "What disturbs you most?", kind: "text", choices: [], isRequired: false },
    ],
    noticeMinutes: null,
  },
  {
    slug: "larchwell-plan",
    name: "Plan and acoustics, with both engineers",
    description: "We go through your floor plan together: Zoë hears the room, Arjun sees what fits in it.",
    durations: [45],
    hosting: "collective",
    hosts: [{ key: "zoe", priority: 3 }, { key: "arjun" }],
    place: "video",
    questions: [
      {
        id: "plan",
        label: "Where can we find your floor plan?",
        kind: "line",
        choices: [],
        isRequired: false,
      },
    ],
    noticeMinutes: 24 * 60,
  },
  {
    slug: "larchwell-measuring",
    name: "Before we come to measure",
    description:
      "Ten questions about stairs, doors and lifts, so that everything fits on the day. Mei-Lin calls you.",
    durations: [20],
    hosting: "one",
    hosts: [{ key: "mei-lin" }],
    place: "phone",
    questions: [
      { id: "address", label: "Where are the rooms?", kind: "line", choices: [], isRequired: true },
    ],
    noticeMinutes: 120,
  },
];

/** How guests meet the team: invented rooms, and numbers that are kept free for stories. */
export const demoMeetingDetails: Readonly<Record<PortraitName, MeetingDetails>> = {
  imogen: room("imogen-hartley", "+442079460018"),
  desmond: room("desmond-okoro", "+12125550142"),
  zoe: room("zoe-brueckenhauser"),
  arjun: room("arjun-mehrotra"),
  "mei-lin": { ...noMeetingDetails, phone: "+61255501234" },
};

function room(name: string, phone = ""): MeetingDetails {
  return { video: "link", linkUrl: `https://meet.example/${name}`, phone, phoneExtension: "" };
}
