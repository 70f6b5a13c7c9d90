import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { type SimAnswer, type Simulator, startSimulator } from "../testing-http.ts";

export type ZoomRoom = { id: number; topic: string; start_time: string; duration: number; agenda: string };

/** Zoom as its reference tells of it, as far as rooms go: requests are held against it field by field. */
export type ZoomSimulator = Simulator & {
  rooms: Map<string, ZoomRoom>;
  /** Rooms made and changed so far; Zoom takes a hundred a day of each person. */
  writes(): number;
};

const ajv = new Ajv({ allErrors: true });
addFormats.default(ajv);

const fields = {
  topic: { type: "string", minLength: 1, maxLength: 200 },
  type: { const: 2 },
  start_time: { type: "string", pattern: "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$" },
  duration: { type: "integer", minimum: 1 },
  timezone: { type: "string", pattern: "^[A-Za-z]+(/[A-Za-z0-9_+-]+)*$" },
  agenda: { type: "string", maxLength: 2000 },
  settings: {
    type: "object",
    additionalProperties: false,
    properties: {
      join_before_host: { type: "boolean" },
      jbh_time: { enum: [0, 5, 10, 15] },
      waiting_room: { type: "boolean" },
      email_notification: { type: "boolean" },
    },
  },
};
const room = ajv.compile<ZoomRoom & { timezone: string }>({
  type: "object",
  additionalProperties: false,
  required: ["topic", "type", "start_time", "duration", "timezone"],
  properties: fields,
});

const mostWrites = 100;

export async function startZoomSimulator(): Promise<ZoomSimulator> {
  const rooms = new Map<string, ZoomRoom>();
  let writes = 0;
  // As at Zoom, above what 32 bits hold.
  let next = 85_746_065_432;

  const invalid: SimAnswer = { status: 400, json: { code: 300, message: "Validation Failed." } };
  const gone: SimAnswer = { status: 404, json: { code: 3001, message: "Meeting does not exist." } };
  const tooMany: SimAnswer = {
    status: 429,
    headers: { "retry-after": "3600" },
    json: { code: 429, message: "You have exceeded the daily rate limit." },
  };

  const simulator = await startSimulator(({ method, url, json }, complain) => {
    const path = url.pathname;
    if (path === "/v2/users/me/meetings" && method === "GET") {
      if (url.searchParams.get("type") !== "scheduled") complain("a list of another type");
      const size = Number(url.searchParams.get("page_size") ?? 30);
      const from = Number(url.searchParams.get("next_page_token") || 0);
      const all = [...rooms.values()];
      const page = all.slice(from, from + size).map((one) => ({ ...one, join_url: joinUrl(one.id) }));
      const more = from + size < all.length ? String(from + size) : "";
      return { status: 200, json: { page_size: size, next_page_token: more, meetings: page } };
    }
    const id = /^\/v2\/meetings\/(\d+)$/.exec(path)?.[1];
    if (path !== "/v2/users/me/meetings" && id === undefined) {
      complain(`${method} ${path}`);
      return gone;
    }
    if (method === "DELETE") return rooms.delete(id ?? "") ? { status: 204 } : gone;
    if (!room(json)) {
      complain(ajv.errorsText(room.errors));
      return invalid;
    }
    const { topic, start_time, duration, agenda } = json;
    if (id === undefined ? method !== "POST" : method !== "PATCH") {
      complain(`${method} ${path}`);
      return invalid;
    }
    if (id !== undefined && !rooms.has(id)) return gone;
    if (writes >= mostWrites) return tooMany;
    writes += 1;
    const number = id === undefined ? next++ : Number(id);
    rooms.set(String(number), { id: number, topic, start_time, duration, agenda });
    if (id !== undefined) return { status: 204 };
    return {
      status: 201,
      json: {
        ...rooms.get(String(number)),
        uuid: "4444AAAiAAAAAiAiAiiAii==",
        join_url: joinUrl(number),
        start_url: `https://example.zoom.us/s/${number}?zak=secret-of-the-host`,
        password: "p4ss",
      },
    };
  });
  return { ...simulator, rooms, writes: () => writes };
}

function joinUrl(id: number): string {
  return `https://example.zoom.us/j/${id}?pwd=abc`;
}
