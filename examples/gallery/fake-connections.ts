import type { ConnectionView } from "../../shared/model/connections.ts";
import type { ConsoleRoute, ConsoleRouteAnswers } from "../../shared/protocol/console-routes.ts";
import type { Answer } from "../../shared/protocol/errors.ts";
import type { MyMeetingDetails } from "../../shared/protocol/meeting-details-routes.ts";
import { memberLines } from "./console-connections.ts";
import type { World } from "./console-world.ts";

export type Answers = { [R in ConsoleRoute]?: (input: never, id: string) => Answer<ConsoleRouteAnswers[R]> };

/** Outside accounts that can be played with: what is ticked stays ticked, what is mended is well. */
export function connectionAnswers(world: World): Answers {
  const change = (id: string, to: (one: ConnectionView) => ConnectionView) => {
    world.connections = {
      ...world.connections,
      connections: world.connections.connections.map((one) => (one.id === id ? to(one) : one)),
    };
    return { ok: true, ...world.connections } as const;
  };
  const mend = (one: ConnectionView): ConnectionView => ({
    ...one,
    problem: null,
    goodAt: Date.now(),
    calendars: one.calendars.filter(({ isGone }) => !isGone),
  });
  return {
    "GET /api/connections": () => ({ ok: true, ...world.connections }),
    "POST /api/connections/caldav": () => ({ ok: false, code: "invalid_input", reason: "wrong_password" }),
    "PUT /api/connections/:id/calendars": (input: { blocking: string[]; receiving: string | null }, id) => {
      for (const { id: other } of world.connections.connections) {
        change(other, (one) => ({
          ...one,
          calendars: one.calendars.map((each) => ({
            ...each,
            blocksTime: other === id ? input.blocking.includes(each.id) : each.blocksTime,
            receivesMeetings:
              other === id ? each.id === input.receiving : each.receivesMeetings && input.receiving === null,
          })),
        }));
      }
      return { ok: true, ...world.connections };
    },
    "POST /api/connections/:id/check": (_input, id) => change(id, mend),
    "POST /api/connections/:id/accept-zone": (_input, id) => change(id, mend),
    "POST /api/connections/:id/disconnect": (_input, id) => {
      const connections = world.connections.connections.filter((one) => one.id !== id);
      world.connections = { ...world.connections, connections };
      return { ok: true };
    },
    "POST /api/connections/wait": (input: { provider: "zoom"; isWaiting: boolean }) => {
      const waiting = world.connections.waiting.filter(({ provider }) => provider !== input.provider);
      if (input.isWaiting) waiting.push({ provider: input.provider, since: Date.now(), approvalUrl: null });
      world.connections = { ...world.connections, waiting };
      return { ok: true };
    },
    "GET /api/me/meeting-details": () => ({ ok: true, ...world.details }),
    "PUT /api/me/meeting-details": (details: MyMeetingDetails["details"]) => {
      if (details.linkUrl.includes("calendly")) {
        return { ok: false, code: "invalid_input", field: "linkUrl", reason: "scheduler" };
      }
      world.details = { ...world.details, details };
      return { ok: true, ...world.details };
    },
    "GET /api/provider-apps": () => ({ ok: true, apps: world.apps }),
    "PUT /api/provider-apps/:provider": (input: { clientId: string }, id) => {
      world.apps = world.apps.map((app) =>
        app.provider === id ? { ...app, clientId: input.clientId, isVerified: false } : app,
      );
      return { ok: true, apps: world.apps };
    },
    "POST /api/provider-apps/:provider/check": () => ({ ok: true, check: world.check }),
    "GET /api/doctor": () => ({ ok: true, members: world.doctor }),
    "GET /api/members": () => ({ ok: true, members: memberLines(Date.now()) }),
    "GET /api/teams": () => ({ ok: true, teams: [] }),
    "POST /api/connections/revoke-all": () => ({ ok: true, revoked: 4, unanswered: 1, forgotten: 2 }),
  };
}
