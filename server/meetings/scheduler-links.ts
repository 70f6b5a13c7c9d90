// Pages of other schedulers. Whoever is sent to one after booking here would have to book again.

/** Hosts, and with a path those of their pages that book. Subdomains count. */
const schedulers: readonly { host: string; path?: RegExp }[] = [
  { host: "calendly.com" },
  { host: "cal.com" },
  { host: "meetings.hubspot.com" },
  { host: "meetings-eu1.hubspot.com" },
  { host: "savvycal.com" },
  { host: "chilipiper.com" },
  { host: "bookings.office.com" },
  { host: "bookings.cloud.microsoft" },
  { host: "outlook.office.com", path: /^\/(book|bookwithme)(\/|$)/i },
  { host: "outlook.office365.com", path: /^\/(owa\/calendar|book|bookwithme)(\/|$)/i },
  { host: "calendar.google.com", path: /^\/calendar\/(u\/\d+\/)?appointments(\/|$)/i },
  { host: "calendar.app.google" },
  { host: "acuityscheduling.com" },
  { host: "as.me" },
  { host: "youcanbook.me" },
  { host: "doodle.com" },
  { host: "tidycal.com" },
  { host: "zcal.co" },
  { host: "koalendar.com" },
  { host: "oncehub.com" },
  { host: "scheduleonce.com" },
  { host: "appointlet.com" },
  { host: "setmore.com" },
  { host: "simplybook.me" },
  { host: "vyte.in" },
  { host: "app.usemotion.com", path: /^\/meet(\/|$)/i },
  { host: "reclaim.ai" },
  { host: "scheduler.zoom.us" },
  { host: "zoho.com", path: /bookings/i },
  { host: "zohobookings.com" },
  { host: "pipedrive.com", path: /\/scheduler(\/|$)/i },
  { host: "book.ms" },
];

/** Whether this is the page of a scheduler rather than a room. */
export function isSchedulerLink(url: URL): boolean {
  const host = url.hostname.toLowerCase().replace(/\.$/, "");
  return schedulers.some(
    (each) =>
      (host === each.host || host.endsWith(`.${each.host}`)) &&
      (each.path === undefined || each.path.test(url.pathname)),
  );
}

/** A link as its owner typed it, with `https://` in front when that was left out; null when it is none that is safe to send. */
export function readMeetingLinkUrl(text: string): URL | "not_https" | null {
  const typed = text.trim();
  const whole = /^[a-z][a-z0-9+.-]*:/i.test(typed) ? typed : `https://${typed}`;
  if (!URL.canParse(whole)) return null;
  const url = new URL(whole);
  if (url.protocol !== "https:") return "not_https";
  // Names in front of the host are how one address is made to look like another.
  return url.username !== "" || url.password !== "" || !url.hostname.includes(".") ? null : url;
}
