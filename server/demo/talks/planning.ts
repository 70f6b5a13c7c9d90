import {
  booked,
  closedBy,
  fellBack,
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

/** People with a plan in hand: where, when and how. */
export const planningTalks: readonly Talk[] = [
  {
    guest: "piotr",
    rep: "zoe",
    began: { workdaysAgo: 2, minute: 30 },
    steps: [
      v("Architect here. Do you have the rooms as BIM objects, and the floor load?"),
      joined("zoe"),
      r(
        "Hello! Yes to both: all three with felt colours as parameters. Floor load is 285 kg/m² for the Solo, 228 for the Duet, 163 for the Quartet.",
      ),
      v("163 is fine for our slab. What about the sprinkler head inside the Quartet?"),
      r(
        "There is a 90 mm opening in the roof panel, closed by a magnet cover. Your sprinkler planner may lower one head into it.",
      ),
      identified,
      r(
        "The files are in your mailbox. If you place them in a drawing, send me a picture, I love seeing them drawn.",
      ),
      v("Will do. It is a library, the quietest client we ever had."),
      closedBy("rep"),
    ],
  },
  {
    guest: "grace",
    rep: "desmond",
    began: { workdaysAgo: 2, minute: 95 },
    steps: [
      v("I read the newsroom story. We are a call centre, 70 seats. Is nine decibels realistic for us too?"),
      joined("desmond", "arjun"),
      r(
        "Honest answer: not by rooms alone. The paper moved its calls into rooms. A call centre is all calls, so you need panels first, and rooms for the difficult ones.",
      ),
      v("Huh. I expected you to say yes and send a quote."),
      r(
        "I would rather have you happy in two years. 🙂 What works for centres your size: felt screens between desks, and three Solos per seventy seats for complaints and coaching.",
      ),
      v("Coaching is exactly what we do on the stairs today."),
      identified,
      meetingOffered,
      r(
        "Let's look at your floor together, I'll bring two sketches: one with panels only, and one with rooms.",
      ),
      booked("grace-floor"),
      v("That slot works. Thanks for being straight with me."),
      note("70 seats, complaints team of 12. Panels from the partner list, three Solos from us."),
      closedBy("rep"),
    ],
  },
  {
    guest: "sunita",
    rep: "arjun",
    began: { workdaysAgo: 1, minute: 100 },
    steps: [
      v("Hi, we are moving offices in Bengaluru in eight weeks. Can two Quartets be there on day one?"),
      joined("arjun"),
      r(
        "Hello Sunita, Arjun from the Pune workshop. Eight weeks is good. Felt in Slate or Moss is pressed here, the others come from Europe and would be late.",
      ),
      v("Slate please. Our goods lift takes 1.1 m wide, is that a problem?"),
      r("The widest panel is 1.04 m and travels standing up. It fits, with six centimetres and a good mood."),
      v("😂 ok"),
      identified,
      r(
        "One thing to ask your builder: a socket within three metres of each room. With that in place it is one day for both.",
      ),
      v("I will check. Could we do a call with him next week?"),
      meetingOffered,
      booked("sunita-builder"),
      r("It is in the calendar. The panel sizes and weights are in your mail, for the lift."),
      note("Move-in is in week 8. Slate x2. Builder joins the call."),
      closedBy("rep"),
    ],
  },
  {
    guest: "oliver",
    rep: "mei-lin",
    began: { workdaysAgo: 1, minute: 45 },
    steps: [
      v("G'day, can a Duet go up a spiral staircase? Asking for a very impractical office."),
      joined("mei-lin"),
      r(
        "Hi Oliver! Mei-Lin, I run installations here. I have done two spiral staircases and regret neither. How wide is the tread?",
      ),
      v("82 cm at the outside, and there's a kink in the rail"),
      r(
        "Then the roof panel is the only one to worry about: it is 1.25 m on its short side. Could it go over the balcony? We have done that with two straps and a calm neighbour.",
      ),
      v("There IS a balcony. And the neighbour is calm, she teaches yoga."),
      identified,
      r("Then you have a deal. I'll drop by to measure, it is twenty minutes and costs nothing."),
      booked("oliver-measure"),
      v("See you then. Bring the straps 🧗"),
      closedBy("visitor"),
    ],
  },
  {
    guest: "camille",
    rep: "imogen",
    began: { workdaysAgo: 4, minute: 210 },
    steps: [
      v(
        "Bonjour, is it possible to have our own felt colour? We are a design studio and very annoying about red.",
      ),
      joined("imogen", "zoe"),
      r(
        "Bonjour Camille! From three rooms on, yes. The press needs 400 kg of one colour to run, and that is about three Duets.",
      ),
      identified,
      v("We need two Duets. Could the third be a Solo, and the rest felt samples for our library?"),
      r("That is the nicest way anyone has ever solved this. Yes."),
      handOver(
        "zoe",
        "Own red for Atelier Septentrion: 2 Duets, 1 Solo, the rest as samples. You know the press people.",
      ),
      r(
        "Zoë here. Send me the red on anything, paper, fabric or a shoe. Two test plates take ten days, and you choose.",
      ),
      v("It is a shoe. How did you know??"),
      r("It is always a shoe. 👠"),
      note("RAL 3027 or nearer to the shoe. Test plates ordered."),
      closedBy("rep"),
    ],
  },
  {
    guest: "aroha",
    rep: "mei-lin",
    began: { workdaysAgo: 3, minute: 120 },
    steps: [
      v("Kia ora, we're a council and have to tender anything above 50k. Do you answer tenders?"),
      joined("mei-lin", "arjun"),
      r(
        "Kia ora Aroha! We do, Imogen writes them and she is dangerously good at it. Which rooms are you after?",
      ),
      v("Three Quartets for the library and one Solo for the front desk."),
      identified,
      r(
        "That is just above 50k, so a short tender. If you send the form I will add the accessibility sheet: the Quartet takes a wheelchair, with a ramp of 4 cm.",
      ),
      v("The ramp question is on page one, so that helps."),
      note("Closing date of the tender is in three weeks. Imogen has the form."),
      r("Imogen will have the answer with you a week before closing. Anything before that, just ask here."),
      v("Ngā mihi, Mei-Lin."),
      closedBy("rep"),
    ],
  },
  {
    guest: "jun",
    rep: "mei-lin",
    began: { workdaysAgo: 6, minute: 200 },
    steps: [
      v("Hello. I record voice-overs. Is a Solo quiet enough for a microphone, not only for a call?"),
      joined("mei-lin"),
      r(
        "Hello Jun. For podcasts yes. For audiobooks I would say almost: the fan is at 28 dB on low, and a good microphone hears it.",
      ),
      v("Can the fan be off?"),
      r(
        "For twenty minutes, yes, there is a button. After that it starts again by itself, for your own good.",
      ),
      identified,
      handOver("zoe", "Voice-over artist, wants numbers. Fan off, noise floor, reverb time please."),
      r(
        "Hello Jun, I have the lab sheet here: 0.17 s reverb, 19 dB with the fan off. A narrator in Hamburg has worked in one for two years, I can connect you.",
      ),
      v("0.17 is better than my studio. I would like to talk to the narrator."),
      r("I asked her, she says hello and yes. You both have the mail."),
      closedBy("visitor"),
    ],
  },
  {
    guest: "tomas",
    rep: null,
    began: { minutesAgo: 60 * 24 * 2 + 230 },
    steps: [
      v("Buenas! Could somebody call me about rooms for a bank branch? It is late here, I know."),
      fellBack("meeting"),
      identified,
      booked("tomas-branch"),
      v("Booked it myself, that was easy. Hasta luego"),
      pause(240),
      closedBy("system"),
    ],
  },
];
