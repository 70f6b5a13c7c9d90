import { identified, joined, note, r, type Talk, v } from "./talk-steps.ts";

/** Not over yet, so that "mine" and "team" have something in them. */
export const openTalks: readonly Talk[] = [
  {
    guest: "priya",
    rep: "desmond",
    began: { minutesAgo: 52 },
    steps: [
      v(
        "Hi! We are a payments company, 200 people in Pune and 30 in Boston. I am collecting options for quiet rooms in both.",
      ),
      joined("desmond", "arjun"),
      r(
        "Hello Priya, Desmond here, I'm in New York, and our workshop is in Pune, so you asked the right people. Shall we start with Boston?",
      ),
      v("Yes. Thirty people, mostly engineers, two very loud salespeople."),
      r("So two Solos for the salespeople. 🙂 For thirty, one Duet on top is a good measure."),
      identified,
      note("Pune part: 200 people, hand that to Arjun once Boston is settled."),
      v("That sounds right. What would the three cost with delivery to Boston?"),
    ],
  },
  {
    guest: "viktor",
    rep: "zoe",
    began: { minutesAgo: 137 },
    steps: [
      v("Is the −32 dB figure measured with the door closed by the magnet only, or latched?"),
      joined("zoe", "imogen"),
      r("Finally somebody asks! By the magnet only. There is no latch, for safety."),
      v("Good. And the spectrum? Our server room hums at 125 Hz."),
      r(
        "At 125 Hz it is −18 dB. Low tones are the hard part, for everybody. I can send you the third-octave values.",
      ),
      identified,
      v("Please. I will compare them with our hum and come back to you."),
      r("On its way. I am curious what you find."),
    ],
  },
  {
    guest: "quiet-one",
    rep: null,
    began: { minutesAgo: 8 * 60 + 20 },
    steps: [
      v("Do the rooms have a lock? Asking for somebody who falls asleep in them 😴"),
      { do: "fallback", to: "message" },
    ],
  },
];
