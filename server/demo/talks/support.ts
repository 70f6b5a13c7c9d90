import { closedBy, fellBack, identified, joined, note, pause, r, type Talk, v } from "./talk-steps.ts";

/** Customers who already have a room, and people who only look. */
export const supportTalks: readonly Talk[] = [
  {
    guest: "marguerite",
    rep: "imogen",
    began: { workdaysAgo: 1, minute: 35 },
    steps: [
      v("Imogen, it's Marguerite from the Courier. Somebody has spilled soup in room 3. SOUP."),
      joined("imogen", "zoe"),
      r("Marguerite! Which soup?"),
      v("Tomato. Obviously."),
      r(
        "Felt panels come out with the flat key that hangs behind the shelf. The lower two, thirty degrees, no spin. If the colour stays, I send new ones: they are in your contract.",
      ),
      v("The flat key! I wondered what it was for. Five years..."),
      r("Everyone does. 🙂 While I have you: may we show your second floor to a visitor from Copenhagen?"),
      v("If they bring no soup."),
      note("Second-floor visit approved. Spare panels (Clay, lower) reserved until Friday."),
      closedBy("rep"),
    ],
  },
  {
    guest: "elias",
    rep: "zoe",
    began: { workdaysAgo: 4, minute: 150 },
    steps: [
      v("The light in our Duet flickers since yesterday. Serial ends in 4417"),
      joined("zoe"),
      identified,
      r(
        "Thank you for the number. 4417 is from March, so it has the second driver. Does it flicker on the lowest step only?",
      ),
      v("Yes! Only when dimmed."),
      r(
        "Then it is the known one, sorry. A new driver goes out today, it is two plugs and four minutes. Or shall I send somebody?",
      ),
      v("Two plugs I can do"),
      r("Off it goes. If it still flickers after, I come in person, I live around the corner."),
      note("Driver B2 sent. Third case from that batch, told the workshop."),
      closedBy("rep"),
    ],
  },
  {
    guest: "wren",
    rep: "arjun",
    began: { workdaysAgo: 3, minute: 60 },
    isPounce: true,
    steps: [
      r(
        "Hi there! I saw you are comparing the Solo and the Duet. If it is for recording, I can save you some reading.",
      ),
      v("Ha, it is! Two-person podcast, in a warehouse in LA"),
      r(
        "Then the Duet, but turn the benches by 90°: you sit beside each other, and no microphone looks at the glass. There are extra holes for that.",
      ),
      v("you've thought of this before"),
      r("Eleven podcasts and counting."),
      identified,
      v("ok sold. how long to LA"),
      r("Six weeks in Plum, five in Moss. I have sent you both dates with the price, nothing to sign yet."),
      note("Pollen Audio, Duet, benches turned. Likes Plum."),
      v("amazing, talking to my co-host tonight"),
      closedBy("visitor"),
    ],
  },
  {
    guest: "dana",
    rep: null,
    began: { minutesAgo: 60 * 24 * 3 + 400 },
    steps: [
      v("Do you have anything second-hand? We are a parish office with a very small budget."),
      fellBack("message"),
      identified,
      v("No hurry at all. Thank you!"),
      pause(300),
      closedBy("system"),
    ],
  },
];
