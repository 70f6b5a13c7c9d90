import { expect, it } from "vitest";
import { isSchedulerLink, readMeetingLinkUrl } from "./scheduler-links.ts";

const isScheduler = (text: string) => isSchedulerLink(new URL(text));

it("knows the pages of other schedulers, however they are written", () => {
  for (const link of [
    "https://calendly.com/ada/30min",
    "https://CALENDLY.com./ada",
    "https://cal.com/ada",
    "https://app.cal.com/ada",
    "https://meetings.hubspot.com/ada",
    "https://savvycal.com/ada/chat",
    "https://example.na.chilipiper.com/book/me/ada",
    "https://outlook.office365.com/owa/calendar/Ada@example.com/bookings/",
    "https://outlook.office.com/bookwithme/user/abc",
    "https://calendar.app.google/abc",
    "https://calendar.google.com/calendar/u/0/appointments/schedules/abc",
    "https://scheduler.zoom.us/ada",
    "https://tidycal.com/ada",
  ])
    expect(isScheduler(link), link).toBe(true);
});

it("takes rooms, also those of companies that have a scheduler too", () => {
  for (const link of [
    "https://meet.google.com/abc-defg-hij",
    "https://zoom.us/j/123456789",
    "https://example.zoom.us/my/ada",
    "https://teams.microsoft.com/l/meetup-join/abc",
    "https://whereby.com/ada",
    "https://meet.jit.si/ada",
    "https://outlook.office.com/mail/",
    "https://mycal.com/room",
    "https://notcalendly.com/room",
    "https://calendly.com.example/room",
  ])
    expect(isScheduler(link), link).toBe(false);
});

it("reads a link as people type it, and none that is unsafe to send", () => {
  expect(readMeetingLinkUrl(" whereby.com/ada ")).toMatchObject({ href: "https://whereby.com/ada" });
  expect(readMeetingLinkUrl("http://whereby.com/ada")).toBe("not_https");
  expect(readMeetingLinkUrl("javascript:alert(1)")).toBe("not_https");
  for (const text of ["", "my room", "https://meet.example@evil.example/", "https://localhost/x", "https://"])
    expect(readMeetingLinkUrl(text), text).toBe(null);
});
