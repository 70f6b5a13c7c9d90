/** Someone invented to browse the demo shop as. */
export type ShopVisitor = {
  /** A host name of this machine: browsers resolve `*.localhost` to loopback. */
  host: string;
  name: string;
  /** Who this is and where they come from, in a few words. */
  story: string;
  /** Where they land, with the campaign in the address as in life. */
  path: string;
};

// A visitor's credential lives in the storage of our frame, which browsers keep apart per site of the surrounding page.
// One host name per person is therefore one visitor per person.
export const shopVisitors: readonly ShopVisitor[] = [
  {
    host: "anna.localhost",
    name: "Anna",
    story: "Office manager, from a search advert",
    path: "/?utm_source=search&utm_medium=cpc&utm_campaign=quiet-office",
  },
  {
    host: "bruno.localhost",
    name: "Bruno",
    story: "Architect, from our newsletter",
    path: "/rooms.html?utm_source=newsletter&utm_medium=email&utm_campaign=autumn-plans",
  },
  {
    host: "chioma.localhost",
    name: "Chioma",
    story: "Editor, from an article in a trade magazine",
    path: "/case-study.html?utm_source=workplace-weekly&utm_medium=article&utm_campaign=newsroom",
  },
  {
    host: "dario.localhost",
    name: "Dario",
    story: "Facilities lead, comparing prices",
    path: "/pricing.html?utm_source=room-compare&utm_medium=referral",
  },
];

/** Bounded, because a site lists its origins exactly. The one after the last is the first again. */
export const anonymousHosts: readonly string[] = Array.from(
  { length: 12 },
  (_, index) => `visitor-${index + 1}.localhost`,
);

const plainHosts = ["localhost", "127.0.0.1"];

/** Every host name the shop answers to. */
export const shopHosts: readonly string[] = [
  ...plainHosts,
  ...shopVisitors.map((visitor) => visitor.host),
  ...anonymousHosts,
];

/** The exact origins of the demo shop, for the list of the demo site. */
export function shopOrigins(port: number): string[] {
  return shopHosts.map((host) => `http://${host}:${port}`);
}
