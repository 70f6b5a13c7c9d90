import {
  booked,
  closedBy,
  handOver,
  identified,
  joined,
  meetingOffered,
  note,
  pause,
  r,
  type Talk,
  v,
} from "./talk-steps.ts";

/** People who want to know what it costs, and what is in it. */
export const buyingTalks: readonly Talk[] = [
  {
    guest: "hanne",
    rep: "zoe",
    began: { workdaysAgo: 1, minute: 75 },
    steps: [
      v(
        "Hi! We are a law firm with 40 people, and clients can hear every call from reception. Would one Duet near the entrance be enough?",
      ),
      joined("zoe", "imogen"),
      r(
        "Hello, Zoë here, I measure these rooms for a living. 😊 For confidential calls I would look at two Solos rather than one Duet: most calls have one person in the room.",
      ),
      r("How far is the reception desk from where the rooms would stand?"),
      v("About six metres. Glass wall in between, but the door is always open."),
      r(
        "Then you are well covered: at six metres, what is left of speech is below your air conditioning. I can send you the measurement for exactly that distance.",
      ),
      v("Please do, our partners like paper."),
      identified,
      r("Sent in a minute. It has the speech curve on page 3, that is the page partners like."),
      note("Two Solos, Moss. Decision by the partners' meeting at the end of the month."),
      v("Perfect. Can we talk through placement with a plan? I have one as a PDF."),
      meetingOffered,
      booked("hanne-plan"),
      v("Booked. Thank you, that was quick."),
      r("Bring the plan, I will bring a tape measure. Until then!"),
      closedBy("rep"),
    ],
  },
  {
    guest: "rafael",
    rep: "desmond",
    began: { workdaysAgo: 1, minute: 20 },
    steps: [
      v('Do you give a discount from four rooms? Your page says "we talk" 🙂'),
      joined("desmond", "arjun"),
      r(
        "Ha, so let's talk. I'm Desmond, I look after customers on the East Coast. Four rooms is 6 % off, eight is 10 %. What are you planning?",
      ),
      v("Six Solos on two floors, Brooklyn. Budget is approved but only for this year."),
      r(
        "This year works. If you order by the 10th of next month, all six can stand before the holidays, in Moss or Oat. The other felts take until January.",
      ),
      v("Oat is fine. Does the 6 % include putting them up?"),
      r(
        "Installation is always in the price. For six we send two crews, so you lose one afternoon and no more.",
      ),
      identified,
      r(
        "I have your address, the quote will be with you today. Shall I put the two floors on separate lines, for your accountants?",
      ),
      v("Yes please!! They will love you."),
      note("Quote for 6 Solo, Oat, two lines (3 + 3). Wants to order this year."),
      closedBy("rep"),
    ],
  },
  {
    guest: "lukas",
    rep: "zoe",
    began: { workdaysAgo: 3, minute: 190 },
    steps: [
      v("Is the monthly price for a Duet really without a minimum term?"),
      joined("zoe"),
      r(
        "Almost: twelve months first, then a month's notice. In the first twelve you may still change the size, up or down.",
      ),
      v("And who repairs it if the fan dies?"),
      r(
        "We do, and you keep paying nothing for it. In nine years we changed eleven fans, most of them after a coffee went in from above.",
      ),
      v("😄 understood. I will show it to my boss, he is the one with the coffee"),
      identified,
      r("I have written it up in one page for him, it is on its way to you. Greetings to the boss."),
      closedBy("visitor"),
    ],
  },
  {
    guest: "noor",
    rep: "imogen",
    began: { workdaysAgo: 2, minute: 140 },
    steps: [
      v("We rent our office by the desk. Would we even be allowed to put one of these in?"),
      joined("imogen", "zoe"),
      r(
        "Most co-working operators say yes, because the room is furniture: own feet, one plug, nothing screwed to the building. Who runs yours?",
      ),
      v("A small one in Leeds, three houses. The owner is nice but nervous about fire rules"),
      r(
        "Then I have just the letter. It explains the materials, the sprinkler opening and the smoke detector, and it is written to be forwarded. May I mail it to you?",
      ),
      identified,
      v("Brilliant, yes. Forwarding it straight away."),
      pause(55),
      v("He said yes!! And asks if he can have two for the other houses..."),
      r(
        "What a good afternoon. I will call him tomorrow, if you give him my name. And you get the moving discount for the idea.",
      ),
      note("Landlord may order two more. Call him, she agreed to be named."),
      closedBy("rep"),
    ],
  },
  {
    guest: "bea",
    rep: "desmond",
    began: { workdaysAgo: 5, minute: 250 },
    steps: [
      v("Hello, do you deliver to São Paulo?"),
      joined("desmond", "arjun"),
      r(
        "Hello Beatriz! Not yet with our own crews, I am sorry. We have shipped to Brazil twice, with a partner who puts the rooms up.",
      ),
      identified,
      v("It is for three clinics, for telemedicine. Two rooms each."),
      r(
        "Telemedicine is what the Solo is best at: the light is even and the background is felt. For six rooms the partner would come to you for a week. Would the spring be early enough?",
      ),
      v("March is perfect."),
      handOver(
        "arjun",
        "Six Solos for clinics in São Paulo, March. You did the last shipment, could you plan it?",
      ),
      r(
        "Hello Beatriz, Arjun here. I planned both of the earlier deliveries. I will send a timetable with customs in it, which is the only slow part.",
      ),
      v("Thank you both, very clear."),
      closedBy("rep"),
    ],
  },
  {
    guest: "felix",
    rep: "zoe",
    began: { workdaysAgo: 7, minute: 60 },
    steps: [
      v("Can I do eye tests in a Duet? I need 4 m of distance on a chart, or a mirror."),
      joined("zoe", "imogen"),
      r(
        "What a lovely question. Inside it is 1.55 m wide, so with a mirror you get just over 3 m. Not 4, sadly.",
      ),
      v("And a Quartet?"),
      r(
        "2.35 m inside: with a mirror 4.7 m. That works, and you can dim the light to zero. I never thought of us as an optician's shop!",
      ),
      identified,
      v("Then a Quartet in Plum please, I mean: a quote please"),
      r("A quote in Plum, coming up. 🙂"),
      note("Needs the mirror on the short wall: ask the workshop for a mounting plate."),
      closedBy("rep"),
    ],
  },
];
