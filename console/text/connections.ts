import type { ConnectionProblem, ProviderName } from "../../shared/model/connections.ts";
import type { CalDavProblem } from "../../shared/protocol/caldav-routes.ts";
import type { ConnectOutcome, UnbookableReason } from "../../shared/protocol/connection-routes.ts";
import type { DetailsProblem } from "../../shared/protocol/meeting-details-routes.ts";

// Every string about outside accounts: calendars, rooms, and how they are.

const providers: Record<ProviderName, string> = {
  google: "Google",
  microsoft: "Outlook",
  caldav: "CalDAV",
  zoom: "Zoom",
  teams: "Microsoft Teams",
};

/** What a permission is for, as a person would say it; by the end of the provider's name for it. */
const scopes: readonly (readonly [ending: string, words: string])[] = [
  ["auth/calendar.events", "see your appointments and write meetings into your calendar"],
  ["auth/calendar.freebusy", "see when you are busy"],
  ["auth/calendar.calendarlist.readonly", "see which calendars you have"],
  ["Calendars.ReadWrite", "see your appointments and write meetings into your calendar"],
  ["Calendars.Read", "see your appointments"],
  ["MailboxSettings.Read", "see the time zone of your mailbox"],
  ["OnlineMeetings.ReadWrite", "make a Teams room for each meeting"],
  ["User.Read", "see whose account it is"],
  ["offline_access", "stay connected while you are away"],
  ["meeting:write:meeting", "make a room for each meeting"],
  ["meeting:update:meeting", "move a room when a meeting moves"],
  ["meeting:delete:meeting", "remove a room when a meeting is cancelled"],
  ["meeting:write", "make, move and remove a room for each meeting"],
  ["user:read:user", "see whose account it is"],
  ["user:read", "see whose account it is"],
];

/** "On Tuesday at 14:02", from the model; empty when it has never happened. */
export type HealthTimes = { tried: string; good: string; began: string };

export const connectionsText = {
  providers,
  scopeWords: (scope: string) => scopes.find(([ending]) => scope.endsWith(ending))?.[1] ?? scope,
  calendars: {
    section: "Calendars",
    lead: "Foyer offers guests only times at which you are free, and writes what they book into your calendar.",
    none: "No calendar is connected",
    noneWords:
      "Until you connect one, you can be booked at any time of your meeting hours, whatever stands in your own calendar.",
    add: "Connect a calendar",
    addMore: "Connect another calendar",
    google: { title: "Google Calendar", hint: "Work or private accounts" },
    microsoft: { title: "Outlook Calendar", hint: "Microsoft 365, Outlook.com" },
    caldav: { title: "Another calendar", hint: "Nextcloud, Fastmail, iCloud, any CalDAV server" },
    notSetUp: (provider: string) => `Your admin has to set up ${provider} first.`,
    setUpFirst: (provider: string) => `Set up ${provider} first`,
    copyForAdmin: "Copy a link for your admin",
    copied: "Copied",
    going: "Opening the sign-in page",
    blocks: "Calendars that block time",
    blocksHint: "Where something stands in a ticked calendar, nobody books you.",
    primary: "Main",
    readOnly: "Read only",
    gone: "Gone",
    noCalendars: "This account has no calendar.",
    saving: "Saving",
    receiving: "Meetings go into",
    receivingHint: "One calendar, of any of your accounts. Whatever is booked with you is written there.",
    receivingNone: "No calendar",
    receivingNoneHint: "You and your guest get the invitation by mail.",
    nothingWritable: "None of your calendars lets Foyer write into it.",
    notBlocking:
      "No calendar of this account blocks time, so its appointments do not keep anybody from booking you.",
  },
  waits: {
    sentence: (since: string) =>
      `Waiting since ${since} for your company's admin to allow Foyer: send them the link, and connect again once they have said yes.`,
    noPage: (provider: string, since: string) =>
      `Waiting since ${since} for your company's admin to allow Foyer: they find the request in their settings at ${provider}; connect again once they have said yes.`,
    stop: "Stop waiting",
    begin: (provider: string) => `${provider} told me that an admin must allow Foyer`,
  },
  disconnect: {
    button: "Disconnect",
    title: (account: string) => `Disconnect ${account}?`,
    calendars: [
      "Foyer gives the access back and forgets the account's calendars.",
      "Its appointments no longer keep anybody from booking you.",
      "Meetings that stand there stay there. If they move, only our mails tell it.",
    ],
    rooms: [
      "Foyer gives the access back and forgets the account.",
      "Meetings that are already booked keep their rooms.",
      "New meetings get no room of it: choose another way to meet.",
    ],
    keep: "Keep it",
    done: (account: string) => `${account} is disconnected.`,
  },
  actions: {
    again: "Connect again",
    permission: "Give permission",
    tryAgain: "Try again",
    approval: "Copy the link for your admin",
    openApproval: "I am the admin: open it",
    useZone: (zone: string) => `Use ${zone}`,
    keepZone: (zone: string) => `Keep ${zone}`,
  },
  /** At the beginning of a sentence. */
  subjects: {
    google: "Google",
    microsoft: "Microsoft",
    caldav: "The calendar server",
    zoom: "Zoom",
    teams: "Microsoft",
  } satisfies Record<ProviderName, string>,
  /** One sentence each: what is wrong since when, the last good reading, what to do, and what is so until then. */
  health: {
    works: (t: HealthTimes) => `Works: last read ${t.good}.`,
    connected: (t: HealthTimes) => `Works: last used ${t.good}.`,
    fresh: "Connected.",
    reading: "Reading your calendar for the first time; until that is done, nobody can book you.",
    needs_reauth: (p: string, t: HealthTimes, until: string) =>
      `${p} does not let Foyer in any more${since(t)}${lastGood(t)}: connect it again; ${until}.`,
    missing_scope: (_p: string, t: HealthTimes, until: string) =>
      `A permission was not given${since(t)}: give it; ${until}.`,
    needs_approval: (_p: string, t: HealthTimes, until: string) =>
      `Waiting for your company's admin to allow Foyer${since(t)}: send them the link, then connect again; ${until}.`,
    calendar_gone: (calendar: string, t: HealthTimes, until: string) =>
      `${calendar} is not in this account any more${since(t)}${lastGood(t)}: choose below what blocks time; ${until}.`,
    refused: (p: string, t: HealthTimes, until: string) =>
      `${p} refuses Foyer for good${since(t)}${lastGood(t)}: connect it again, or ask your admin; ${until}.`,
    zone_mismatch: (mailbox: string, mine: string, until: string) =>
      `Your mailbox is in ${mailbox}, your profile in ${mine}: say which one is right; ${until}.`,
    watch_expired: (p: string, t: HealthTimes) =>
      `Works, but a little late: ${p} does not tell changes at once, so Foyer asks every few minutes${t.good ? ` (last read ${t.good})` : ""}.`,
    unreachable: (p: string, t: HealthTimes) =>
      `${p} does not answer${since(t)}${lastGood(t)}${t.tried ? `, tried ${t.tried}` : ""}: Foyer keeps trying, and you can too.`,
    untilCalendar: "until then nobody can book you",
    untilRoom: "until then your meetings get no room there",
    aCalendar: "A chosen calendar",
  },
  unchanged: "Nothing was changed.",
  missing: {
    title: "Not permitted yet:",
    item: (words: string) => `Foyer may not ${words}.`,
  },
  caldav: {
    title: "Connect another calendar",
    againTitle: (account: string) => `Connect ${account} again`,
    lead: "Foyer looks for your calendars at the address that you enter.",
    kinds: "Where is it?",
    nextcloud: {
      name: "Nextcloud",
      server: "https://cloud.example.com",
      hint: "Nextcloud: Settings, Security, “Create new app password”. The server is the address that you open Nextcloud with.",
    },
    fastmail: {
      name: "Fastmail",
      server: "https://caldav.fastmail.com",
      hint: "Fastmail: Settings, Privacy & Security, “New app password”, with access to calendars.",
    },
    icloud: {
      name: "iCloud",
      server: "https://caldav.icloud.com",
      hint: "iCloud: account.apple.com, Sign-In and Security, App-Specific Passwords. The user is your Apple account's e-mail address.",
    },
    other: {
      name: "Another",
      server: "",
      hint: "Ask whoever runs the server for its CalDAV address. Often the name of the server, or your e-mail address, is enough.",
    },
    server: "Server or e-mail address",
    username: "User",
    password: "App password",
    passwordHint: "One made for Foyer alone, never the password that you sign in with.",
    connect: "Connect",
    connecting: "Looking for calendars",
    connected: "Connected. Choose below which calendars block time.",
    problems: {
      no_such_host: "There is no server of this name. Check the address.",
      private_host:
        "This server is in a private network, and Foyer does not go there. Whoever runs Foyer can allow it.",
      no_caldav: "This server answers, but keeps no calendars there. Ask for its CalDAV address.",
      no_calendar:
        "This account has no calendar for events. Make one with its own program, then connect again.",
      wrong_password:
        "The server does not take this user and password. Make a new app password and try that.",
      not_https: "Foyer sends passwords over https only. Enter an address that begins with https://.",
      no_answer: "The server does not answer. Try again in a moment.",
    } satisfies Record<CalDavProblem, string>,
  },
  outcomes: {
    connected: ["Connected.", "Look below whether the right calendars are ticked."],
    missing_scope: [
      "Connected, but a permission is missing.",
      "Not everything was ticked at the provider. Below stands what Foyer cannot do without it.",
    ],
    denied: ["Nothing was connected.", "You said no at the provider. You can connect at any time."],
    needs_approval: [
      "Your company's admin has to allow Foyer first.",
      "The account was not connected. Below stands what to send them.",
    ],
    expired: [
      "That took too long, or ended in another browser.",
      "Nothing was connected. Start again and stay in this browser.",
    ],
    other_account: [
      "That was another account.",
      "Nothing was changed. Choose the same account at the provider, or connect the other one in addition.",
    ],
    misconfigured: [
      "The provider does not know Foyer.",
      "Its registration is wrong: an admin can test it in Settings, Integrations.",
    ],
    unreachable: ["The provider did not answer.", "Nothing was connected. Try again in a moment."],
  } satisfies Record<ConnectOutcome, readonly [string, string]>,
  /** For rooms, which have no calendars to tick. */
  roomConnected: ["Connected.", "Choose below how guests meet you."],
  reasons: {
    not_ready: "set-up is not finished",
    no_hours: "there are no meeting hours",
    no_place: "no place to meet is chosen",
    calendar_unread: "the calendar has not been read for a while",
    needs_reauth: "an account has to be connected again",
    missing_scope: "a permission is missing",
    needs_approval: "the company's admin has to allow Foyer",
    calendar_gone: "a chosen calendar is gone",
    refused: "the provider refuses Foyer",
    zone_mismatch: "mailbox and profile are in different time zones",
    watch_expired: "changes arrive late",
    unreachable: "the provider does not answer",
  } satisfies Record<UnbookableReason | ConnectionProblem, string>,
  banner: {
    lead: "Guests cannot book you now:",
    mend: "Mend it",
  },
  details: {
    section: "Meeting details",
    lead: "Where your guests meet you. It is written into the invitation and both calendars.",
    video: "By video",
    videoNone: { title: "No video", hint: "Guests meet you by phone, or as you agree." },
    zoom: { title: "Zoom", hint: "A room of its own for each meeting" },
    teams: { title: "Microsoft Teams", hint: "A room of its own for each meeting" },
    meet: { title: "Google Meet", hint: "A link of its own, made with the event" },
    link: { title: "My own link", hint: "The same room for every meeting" },
    connectFirst: (provider: string) => `Connect ${provider} first.`,
    connect: (provider: string) => `Connect ${provider}`,
    meetFirst: "Meet makes its link with a Google event: let your meetings go into a Google calendar first.",
    toCalendars: "Choose a calendar",
    teamsFirst: "Connect Teams, or let your meetings go into an Outlook calendar of a work account.",
    stopped: (provider: string) =>
      `${provider} is chosen, but cannot make rooms now: mend it, or choose another way.`,
    seeBelow: "Its account needs you: see below.",
    linkUrl: "Address of your room",
    linkPlaceholder: "https://meet.example.com/your-room",
    linkHint: "It begins with https://. Guests get it once they have booked.",
    phone: "By phone",
    phoneLead: "Stands beside the video, or alone.",
    phoneNumber: "Phone number",
    phoneHint: "With its country code, such as +44 20 7946 0000. Guests who book see it.",
    extension: "Extension",
    save: "Save",
    saved: "Saved",
    unsaved: "Unsaved changes",
    undo: "Undo",
    problems: {
      scheduler:
        "This is a booking page, not a meeting room: your guest would have to book once more. Enter the link that opens the room itself.",
      not_https: "The address must begin with https://.",
      not_connected: "This account is not connected any more. Connect it again, or choose another way.",
      no_phone: "This is no phone number. Write it with its country code, such as +44 20 7946 0000.",
      no_link: "Enter the address of your room.",
    } satisfies Record<DetailsProblem, string>,
    fieldProblem: "This was not understood. Check it and try again.",
    extensionProblem: "Digits, *, # and commas only.",
    preview: {
      title: "What your guest gets",
      zoom: "A Zoom link of its own, made when the meeting is booked.",
      teams: "A Teams link of its own, made when the meeting is booked.",
      meet: "A Google Meet link of its own, made when the meeting is booked.",
      link: (url: string) => `The link ${url}.`,
      linkMissing: "The link that you enter.",
      phone: (phone: string, extension: string) =>
        `The phone number ${phone}${extension ? `, extension ${extension}` : ""}.`,
      and: "And beside it:",
      nothing: "No place. You are not offered for meetings that need one.",
    },
    accounts: "Connected accounts",
    guard: {
      title: "Leave without saving?",
      words: "Your changes to the meeting details are not saved yet.",
      leave: "Leave without saving",
      stay: "Stay here",
    },
  },
};

function since({ began }: HealthTimes): string {
  return began ? ` since ${began}` : "";
}

function lastGood({ good }: HealthTimes): string {
  return good ? ` (last good ${good})` : "";
}
