import type { CalendarId, ConnectionId } from "../../shared/model/ids.ts";
import { calendar, everyAilment, google, mine, nextcloud, outlook, room } from "./console-connections.ts";
import type { World } from "./console-world.ts";
import type { Scene } from "./scene.ts";

const calendars = "/console/me/calendars";
const details = "/console/me/meeting-details";
const integrations = "/console/settings/integrations";
const id = (name: string) => name as CalendarId; // Ids of the gallery are made here.

const refuse =
  (...names: string[]) =>
  (world: World) => {
    world.refused = new Set(names);
  };

/** Outside accounts: the pages of a member's own, and of the admins. */
export const connectionScenes: Record<string, Scene> = {
  calendars: { path: calendars },
  "calendars none": {
    path: calendars,
    change: (world) => {
      world.connections = mine();
    },
  },
  "calendars not set up": {
    path: calendars,
    change: (world) => {
      world.connections = { ...mine(), apps: [] };
    },
  },
  "calendars not set up for a rep": {
    path: calendars,
    change: (world) => {
      world.role = "rep";
      world.connections = { ...mine(), apps: [] };
    },
  },
  "calendars connected": {
    path: calendars,
    connectOutcome: "connected",
    change: (world, now) => {
      world.connections = mine(
        google(now, { calendars: [calendar("Imogen Hartley", now, { blocksTime: true, readAt: null })] }),
      );
    },
  },
  "calendars denied": {
    path: calendars,
    connectOutcome: "denied",
    change: (world) => {
      world.connections = mine();
    },
  },
  "calendars waiting": {
    path: calendars,
    connectOutcome: "needs_approval",
    change: (world, now) => {
      const approvalUrl = "https://login.microsoftonline.com/organizations/v2.0/adminconsent?client_id=a";
      world.connections = { ...mine(), waiting: [{ provider: "microsoft", since: now, approvalUrl }] };
    },
  },
  "details waiting": {
    path: details,
    change: (world, now) => {
      world.connections = { ...mine(), waiting: [{ provider: "zoom", since: now, approvalUrl: null }] };
    },
  },
  "calendars ill": {
    path: calendars,
    change: (world, now) => {
      world.connections = everyAilment(now);
    },
  },
  "calendars long": {
    path: calendars,
    change: (world, now) => {
      const many = Array.from({ length: 14 }, (_, at) =>
        calendar(
          at % 3 === 0
            ? "Veranstaltungsraumbelegungsplanung Niederlassung Oberbrückenhausenstein, second floor"
            : `Team ${at}`,
          now,
          {
            id: id(`many-${at}`),
            blocksTime: at % 2 === 0,
            color: `#${(at * 1_118_481).toString(16).padStart(6, "3")}`,
          },
        ),
      );
      world.connections = mine(
        google(now, {
          accountName: "maximiliana-theodora.konstantinopoulou-wallersdorf@subsidiary-of-larchwell.example",
          calendars: many,
        }),
        outlook(now, {
          calendars: [calendar("התקווה 🎧 قاعة الاجتماعات", now, { id: id("bidi"), isWritable: false })],
        }),
      );
    },
  },
  "calendars from right to left": {
    path: calendars,
    isRtl: true,
    change: (world, now) => {
      world.connections = mine(google(now), nextcloud(now, { problem: "needs_reauth", problemAt: now }));
    },
  },
  "calendars failed": { path: calendars, change: refuse("GET /api/connections") },
  "calendars not saved": {
    path: calendars,
    change: refuse("PUT /api/connections/:id/calendars"),
    click: ".calendars:not(.receiving) input",
  },
  "calendar by CalDAV": { path: calendars, click: "li:last-child > .connect-choice" },
  disconnect: { path: calendars, click: ".connection-head .button" },
  "calendar board banner": {
    path: "/console/board",
    change: (world, now) => {
      world.connections = everyAilment(now);
    },
  },
  details: { path: details },
  "details nothing": {
    path: details,
    change: (world) => {
      world.details = {
        details: { video: null, linkUrl: "", phone: "", phoneExtension: "" },
        canMeet: false,
        canTeams: false,
        canZoom: false,
      };
      world.connections = { ...mine(), apps: ["google"] };
    },
  },
  "details link": {
    path: details,
    change: (world) => {
      world.details = {
        ...world.details,
        details: { video: "link", linkUrl: "https://calendly.com/imogen", phone: "", phoneExtension: "" },
      };
    },
    type: { into: "#details-linkUrl", words: "https://calendly.com/imogen/30min\n" },
  },
  "details room ill": {
    path: details,
    change: (world, now) => {
      world.details = { ...world.details, details: { ...world.details.details, video: "zoom" } };
      world.connections = mine(
        google(now),
        room("zoom", now, {
          problem: "needs_approval",
          problemAt: now,
          goodAt: null,
          approvalUrl: "https://x.example",
        }),
        room("teams", now, { id: "connection-teams" as ConnectionId }),
      );
    },
  },
  "details failed": { path: details, change: refuse("GET /api/me/meeting-details") },
  integrations: { path: integrations },
  "integrations fine": {
    path: integrations,
    change: (world) => {
      world.doctor = world.doctor.slice(0, 1);
    },
  },
  "integrations failed": { path: integrations, change: refuse("GET /api/provider-apps", "GET /api/doctor") },
  "integrations guide": { path: integrations, click: ".sso-list li:nth-child(1) .sso-line" },
  "integrations guide new": { path: integrations, click: ".sso-list li:nth-child(3) .sso-line" },
  "revoke all": { path: integrations, click: ".card-danger .button" },
};
