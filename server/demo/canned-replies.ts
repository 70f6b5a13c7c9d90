/** Answers the team gives every day. */
export const demoCannedReplies: readonly { title: string; body: string }[] = [
  {
    title: "Delivery time",
    body: "Three to five weeks in Europe, five to seven in North America, India and Australia. Moss and Oat are in stock, so those leave the workshop within a week.",
  },
  {
    title: "Two-week trial",
    body: "You are welcome to borrow a Solo for two weeks. We bring it, put it up, and take it back if it was not for you. All we need is a floor plan and a date.",
  },
  {
    title: "What we need for a quote",
    body: "Three things are enough for a firm price:\n1. how many people sit on the floor\n2. a photo of the floor plan, even the emergency exit map\n3. the postcode",
  },
  {
    title: "Rent instead of buying",
    body: "Renting starts at €165 a month for a Solo, with installation and service in it. After twelve months you may give the room back with a month's notice, keep it, or change the size.",
  },
  {
    title: "Landlord and fire officer",
    body: "The room stands on its own feet and touches neither wall nor ceiling, so most landlords treat it as furniture. I can send you the letter we write for fire officers, with the material certificates.",
  },
  {
    title: "How quiet is it?",
    body: "Speech drops by about 32 dB. In practice: you hear that somebody is talking, but not what is said. A phone on the table outside is the best test, we do it at every visit.",
  },
  {
    title: "Offer a call",
    body: "Shall we look at your plan together? Half an hour is plenty. Pick a time that suits you and I will bring a sketch.",
  },
  {
    title: "Goodbye",
    body: "Thank you for stopping by! If anything else comes up, just write here: we keep the thread.",
  },
];
