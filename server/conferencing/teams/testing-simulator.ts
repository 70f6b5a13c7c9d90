import type { OnlineMeeting } from "@microsoft/microsoft-graph-types";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { type SimAnswer, type Simulator, startSimulator } from "../testing-http.ts";

type Room = Required<
  Pick<OnlineMeeting, "id" | "subject" | "startDateTime" | "endDateTime" | "joinWebUrl">
> & {
  externalId: string;
};

/** Online meetings of Microsoft Graph, as its reference tells of them. */
export type TeamsSimulator = Simulator & { rooms: Map<string, Room> };

const ajv = new Ajv({ allErrors: true });
addFormats.default(ajv);

const fields = {
  subject: { type: "string", maxLength: 255 },
  startDateTime: { type: "string", format: "date-time", pattern: "Z$" },
  endDateTime: { type: "string", format: "date-time", pattern: "Z$" },
};
type Written = { subject: string; startDateTime: string; endDateTime: string };
const changed = ajv.compile<Written>({ type: "object", additionalProperties: false, properties: fields });
const created = ajv.compile<Written & { externalId: string }>({
  type: "object",
  additionalProperties: false,
  required: ["externalId", "startDateTime", "endDateTime", "subject"],
  properties: { ...fields, externalId: { type: "string", minLength: 1 } },
});

export async function startTeamsSimulator(): Promise<TeamsSimulator> {
  const rooms = new Map<string, Room>();
  let next = 1;
  const problem = (status: number, code: string): SimAnswer => ({
    status,
    json: { error: { code, message: "Words that may name people." } },
  });

  const simulator = await startSimulator(({ method, url, json }, complain) => {
    if (url.pathname === "/v1.0/me/onlineMeetings/createOrGet" && method === "POST") {
      if (!created(json)) {
        complain(ajv.errorsText(created.errors));
        return problem(400, "BadRequest");
      }
      const known = [...rooms.values()].find(({ externalId }) => externalId === json.externalId);
      // An external id that is known answers what is there, as it is.
      if (known) return { status: 200, json: known };
      const id = `MSpkYzE3${next++}==`;
      const joinWebUrl = `https://teams.microsoft.com/l/meetup-join/19%3ameeting_${next}%40thread.v2/0`;
      const room: Room = { id, joinWebUrl, ...json };
      rooms.set(id, room);
      return { status: 201, json: room };
    }
    const id = decodeURIComponent(/^\/v1\.0\/me\/onlineMeetings\/([^/]+)$/.exec(url.pathname)?.[1] ?? "");
    const room = rooms.get(id);
    if (!room) return problem(404, "NotFound");
    if (method === "DELETE") {
      rooms.delete(id);
      return { status: 204 };
    }
    if (method !== "PATCH" || !changed(json)) {
      complain(method === "PATCH" ? ajv.errorsText(changed.errors) : `${method} ${url.pathname}`);
      return problem(400, "BadRequest");
    }
    rooms.set(id, { ...room, ...json });
    return { status: 200, json: rooms.get(id) };
  });
  return { ...simulator, rooms };
}
