import type { DaySpan, MeetingHours, Weekday } from "../../shared/model/meetings.ts";
import type { Role } from "../../shared/model/people.ts";
import type { PortraitName } from "./portraits/portraits.ts";

export const demoCompany = "Larchwell";
export const demoColor = "#2f5d4a";

/** All demo sign-ins share it; the start prints it. */
export const demoPassword = "welcome-to-foyer";

/** A member is called by the name of the portrait in the rest of this folder. */
export type DemoMember = {
  key: PortraitName;
  firstName: string;
  lastName: string;
  jobTitle: string;
  email: string;
  role: Role;
  hours: MeetingHours;
};

const weekdays: readonly Weekday[] = [1, 2, 3, 4, 5];

function at(hour: number, minute = 0): number {
  return hour * 60 + minute;
}

function hoursOf(zone: string, days: readonly [readonly Weekday[], DaySpan[]][]): MeetingHours {
  return {
    zone,
    weekly: days.flatMap(([list, spans]) => list.map((weekday) => ({ weekday, spans }))),
    overrides: [],
    noticeMinutes: 30,
    bufferMinutes: 5,
    horizonDays: 60,
    durationMinutes: 30,
  };
}

export const demoTeam: readonly DemoMember[] = [
  {
    key: "imogen",
    firstName: "Imogen",
    lastName: "Hartley",
    jobTitle: "Head of Customer Conversations",
    email: "imogen@larchwell.example",
    role: "admin",
    hours: hoursOf("Europe/London", [[weekdays, [{ start: at(9), end: at(17) }]]]),
  },
  {
    key: "desmond",
    firstName: "Desmond",
    lastName: "Okoro",
    jobTitle: "Workplace Consultant",
    email: "desmond@larchwell.example",
    role: "rep",
    // Lunch is kept free.
    hours: hoursOf("America/New_York", [
      [
        weekdays,
        [
          { start: at(8, 30), end: at(12) },
          { start: at(13), end: at(17) },
        ],
      ],
    ]),
  },
  {
    key: "zoe",
    firstName: "Zoë-Katharina",
    lastName: "Brückenhauser",
    jobTitle: "Acoustics Engineer 🎧",
    email: "zoe@larchwell.example",
    role: "rep",
    hours: hoursOf("Europe/Berlin", [
      [[1, 2, 3, 4], [{ start: at(9), end: at(17, 30) }]],
      [[5], [{ start: at(9), end: at(14) }]],
    ]),
  },
  {
    key: "arjun",
    firstName: "Arjun",
    lastName: "Mehrotra",
    jobTitle: "Project Planner",
    email: "arjun@larchwell.example",
    role: "rep",
    // Works with customers in America, so the day runs past midnight.
    hours: hoursOf("Asia/Kolkata", [[weekdays, [{ start: at(18), end: at(26) }]]]),
  },
  {
    key: "mei-lin",
    firstName: "Mei-Lin",
    lastName: "Carroway",
    jobTitle: "Installation Lead",
    email: "mei-lin@larchwell.example",
    role: "rep",
    hours: hoursOf("Australia/Sydney", [[[2, 3, 4, 5, 6], [{ start: at(8), end: at(16) }]]]),
  },
];

/** Who answers for what. */
export const demoTeams: readonly { name: string; members: readonly PortraitName[] }[] = [
  { name: "Advice", members: ["desmond", "zoe"] },
  { name: "Planning and installation", members: ["arjun", "mei-lin"] },
];
