import type { Seeded } from "./seeded.ts";
import type { RawSocket } from "./test-raw-socket.ts";

// What no client of ours would ever send, on every layer: WebSocket frames, engine.io packets, socket.io packets, events.

const ids = ["00000000-0000-4000-8000-000000000000", "x", "", "__proto__", "constructor"] as const;

const events = [
  ...["message:send", "conversation:sync", "conversation:start", "conversation:watch", "marks:set"],
  ...["typing:set", "visitor:identify", "visitor:pounce", "offer:accept", "note:add", "console:sync"],
  ...["request:again", "conversation:hand_over", "meeting:offer", "board:watch", "conversation:list"],
  ...["__proto__", "constructor", "toString", "hasOwnProperty", "connect", "connect_error", "disconnect"],
  ...["disconnecting", "newListener", "removeListener", "error", "", " ", "message:send ", "\u0000", "💥"],
] as [string, ...string[]];

/** JSON of any shape, as text, so that it may also be what no `JSON.stringify` makes. */
export function anyJson(seeded: Seeded, depth = 0): string {
  const inner = () => anyJson(seeded, depth + 1);
  const kind = seeded.below(depth > 3 ? 10 : 18);
  const scalars = [
    "null",
    "true",
    "false",
    "0",
    "-1",
    "1e308",
    "9007199254740993",
    JSON.stringify(seeded.pick(ids)),
    `"${"a".repeat(seeded.below(3_000))}"`,
    '"\\u0000\\ud800\\u202e"',
  ];
  const scalar = scalars[kind];
  if (scalar !== undefined) return scalar;
  if (kind < 12) return `[${Array.from({ length: seeded.below(6) }, inner).join(",")}]`;
  if (kind === 12) return `${"[".repeat(2_000)}${"]".repeat(2_000)}`;
  if (kind === 13) return '{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"ok":true}}}';
  if (kind === 14)
    return `{"_placeholder":true,"num":${seeded.pick(["0", "-1", "1e9", '"0"', "null", "{}"])}}`;
  if (kind === 15) {
    const fields = ["conversationId", "clientId", "text", "since", "epoch", "offerId", "visitorId", "seen"];
    return `{${fields.map((name) => `"${name}":${anyJson(seeded, depth + 2)}`).join(",")}}`;
  }
  const id = JSON.stringify(seeded.pick(ids));
  return `{"conversationId":${id},"clientId":${id},"text":${inner()},"since":${inner()},"epoch":${inner()}}`;
}

/** Names that socket.io keeps for itself end a link when a packet carries them. */
const reserved = ["connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"];

/** A packet that socket.io takes and hands on: what is wrong with it is left to us. */
function oddEvent(seeded: Seeded, namespace: string): string {
  const name = seeded.pick(events);
  const event = reserved.includes(name) ? String(seeded.below(100)) : JSON.stringify(name);
  const ack = seeded.pick(["", "", "0", "7", "12345678"]);
  const payload = anyJson(seeded);
  const shapes: [string, ...string[]] = [
    `42${namespace}${ack}[${event},${payload}]`,
    `42${namespace}${ack}[${event},${payload}]`,
    `42${namespace}${ack}[${event}]`,
    `42${namespace}${ack}[${event},${payload},${payload},${anyJson(seeded)}]`,
    `43${namespace}${seeded.below(50)}[${payload}]`,
  ];
  return seeded.pick(shapes);
}

/** A packet that socket.io or engine.io refuses, by ending the link. */
function brokenPacket(seeded: Seeded, namespace: string): string {
  const name = JSON.stringify(seeded.pick(events));
  const ack = seeded.pick(["", "7", "99999999999999999999", "-1", "1.5"]);
  const payload = anyJson(seeded);
  const other = seeded.pick(["/admin", "/__proto__", "/constructor", "/visitor?x=1", `/${"n".repeat(500)}`]);
  const shapes: [string, ...string[]] = [
    `42${namespace}${ack}[${payload}]`,
    `42${namespace}${ack}[${JSON.stringify(seeded.pick(reserved as [string, ...string[]]))},${payload}]`,
    `42${namespace}${ack}[]`,
    `42${namespace}${ack}${payload}`,
    `42${namespace}${ack}[${name},${payload}`,
    `42${namespace}${ack}`,
    `43${namespace}1${payload}`,
    `45${seeded.pick(["1", "0", "-1", "999999999", "x", ""])}-${namespace}${ack}[${name},${payload}]`,
    `46${seeded.pick(["1", "2", "999999999"])}-${namespace}${ack}[${payload}]`,
    `44${namespace}${payload}`,
    `40${namespace}${payload}`,
    `40${other},${payload}`,
    `4${seeded.pick(["7", "8", "9", "x", "", "-"])}${namespace}[${name}]`,
    `${seeded.pick(["0", "3", "5", "6", "7", "9", "x", "2probe", "3probe", "b", "bAAAA", "\u001e"])}${payload}`,
  ];
  return seeded.pick(shapes);
}

/** A frame that no WebSocket client sends, or one that carries what no text may hold. */
function sendBrokenFrame(raw: RawSocket, seeded: Seeded, namespace: string): void {
  const bytes = Buffer.from(oddEvent(seeded, namespace));
  const ways: [() => void, ...(() => void)[]] = [
    () => raw.frame(2, bytes), // A binary message nobody announced.
    () => raw.frame(1, Buffer.concat([bytes, Buffer.from([0xc3, 0x28, 0xff, 0xfe])])), // Not UTF-8.
    () => raw.frame(1, Buffer.from(`42${namespace}1["message:send","${"x".repeat(40_000)}"]`)), // Too large.
    () => raw.frame(1, bytes, { reserved: 4 }), // As if compressed.
    () => raw.frame(1, bytes, { isMasked: false }),
    () => raw.frame(3 + seeded.below(5), bytes), // An opcode that does not exist.
    () => raw.frame(9, Buffer.alloc(200)), // A ping longer than pings may be.
    () => raw.frame(0, bytes), // The rest of nothing.
    () => {
      raw.frame(1, bytes.subarray(0, 5), { isFinal: false });
      raw.frame(1, bytes.subarray(5)); // A second beginning.
    },
    () => raw.frame(8, Buffer.from([0x00, 0x01, 0xff])), // A close with a code that is none.
    () => raw.bytes(Buffer.from(Array.from({ length: 64 }, () => seeded.below(256)))),
    () => raw.bytes(Buffer.from([0x81, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff])), // 2^64 bytes to come.
  ];
  seeded.pick(ways)();
}

/** Sends one malformed thing. Answers whether the link should survive it; if not, it is no use for another one. */
export function sendMalformed(
  raw: RawSocket,
  seeded: Seeded,
  namespace: "/visitor," | "/rep," | "",
): "lives" | "ends" {
  const kind = seeded.fraction();
  // Before a namespace is connected, every event ends the link.
  if (kind < 0.85) raw.text(oddEvent(seeded, namespace));
  else if (kind < 0.94) raw.text(brokenPacket(seeded, namespace));
  else sendBrokenFrame(raw, seeded, namespace);
  return kind < 0.85 && namespace !== "" ? "lives" : "ends";
}

type MalformedRequest = {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string | Buffer;
};

const paths = [
  ...["/api/session", "/api/session/end", "/api/hours", "/api/hours/preview", "/api/canned-replies"],
  ...["/visitor/beacon", "/visitor/holds", "/visitor/meetings", "/visitor/resume", "/visitor/slots?host=%"],
  ...["/api/meetings/%00/cancel", "/api/mails/..%2f..%2fetc", "/api/canned-replies/__proto__/delete"],
  ...["/visitor/meeting-links/x.y/move", "/visitor/meeting-links/%ff/cancel", "/api/search?q[]=1&q[$ne]=2"],
  ...[
    "/api/meetings?from=NaN&to[constructor]=1",
    "/%",
    "/photos/x/../../y",
    "/socket/?EIO=4&transport=polling",
  ],
  ...["/socket/?EIO=4&transport=polling&sid=__proto__", "/socket/?EIO=3&transport=x", "/socket/?EIO[]=4"],
] as [string, ...string[]];

/** A request that no page of ours makes. */
export function malformedRequest(seeded: Seeded, origin: string): MalformedRequest {
  const method = seeded.pick(["POST", "POST", "POST", "PUT", "GET", "DELETE", "PATCH"]);
  const headers: Record<string, string> = {
    origin,
    "content-type": seeded.pick([
      "application/json",
      "application/json",
      "application/json; charset=utf-16",
      "application/json; charset=x",
      "text/plain",
      "multipart/form-data",
      "application/x-www-form-urlencoded",
      ";;;",
    ]),
    authorization: seeded.pick([
      "Visitor x",
      "Visitor ",
      "Visitor __proto__.x",
      "Bearer x",
      "x".repeat(4_000),
    ]),
    cookie: seeded.pick([
      "x",
      "foyer_session=%00",
      "foyer_session=; foyer_session=x",
      "=;=;=",
      "a".repeat(4_000),
    ]),
  };
  if (seeded.chance(0.1)) headers["content-encoding"] = seeded.pick(["gzip", "br", "x"]);
  const bodies: [() => string | Buffer, ...(() => string | Buffer)[]] = [
    () => anyJson(seeded),
    () => anyJson(seeded),
    () => anyJson(seeded).slice(0, -1),
    () => "",
    () => Buffer.from(Array.from({ length: 300 }, () => seeded.below(256))),
    () => `{"email":"${"e".repeat(70_000)}"}`,
    () => `${"[".repeat(30_000)}`,
    () => '{"__proto__":{"email":"x"},"password":{"$ne":1}}',
  ];
  const body = seeded.pick(bodies)();
  return { method, path: seeded.pick(paths), headers, body };
}
