import { randomUUID } from "node:crypto";
import { io, type Socket } from "socket.io-client";
import { PROTOCOL_VERSION } from "../shared/protocol/version.ts";
import { answerAsks } from "./answer-asks.ts";
import type { LabRep, LabVisitor } from "./lab-people.ts";

// The same visitors and reps for Foyer and for the bare relay. Each message is timed until its ack, until the other side of
// the conversation has it, and until both have happened.

export type LoadReport = {
  seconds: number;
  sent: number;
  acked: number;
  refused: number;
  delivered: number;
  ackMs: Spread;
  otherMs: Spread;
  /** Acked, and delivered to both sides. */
  wholeMs: Spread;
};
export type Spread = { p50: number; p95: number; p99: number };

/** A server that falls behind is not buried: its clients wait. */
const mostUnderWay = 2_000;
const text = "Do you also deliver on a Saturday, and could someone help us to carry it upstairs?";

type Side = { socket: Socket; epoch?: number };
type Pair = { conversationId: string; visitor: Side; rep: Side };

const pairs: Pair[] = [];
const sockets: Socket[] = [];
const underWay = new Map<string, { by: Side; at: number; heard: number }>();
let report = emptyReport();

function emptyReport() {
  return {
    sent: 0,
    acked: 0,
    refused: 0,
    delivered: 0,
    ack: [] as number[],
    other: [] as number[],
    whole: [] as number[],
  };
}

function open(url: string, auth: object, extraHeaders: Record<string, string>): Promise<Socket> {
  const socket = io(url, {
    path: "/socket",
    transports: ["websocket"],
    forceNew: true,
    auth: { version: PROTOCOL_VERSION, ...auth },
    extraHeaders,
  });
  sockets.push(socket);
  return new Promise((resolve, reject) => {
    socket.once("connect", () => resolve(socket));
    socket.once("connect_error", reject);
  });
}

function hear(side: Side): void {
  side.socket.on("fact:new", ({ facts }: { facts: { clientId?: string }[] }) => {
    const now = performance.now();
    for (const { clientId = "" } of facts) {
      const one = underWay.get(clientId);
      if (one === undefined) continue;
      report.delivered += 1;
      if (one.by.socket !== side.socket) report.other.push(now - one.at);
      settle(clientId, one);
    }
  });
}

/** Forgotten once both sides and the ack have been heard. */
function settle(clientId: string, one: { at: number; heard: number }): void {
  one.heard += 1;
  if (one.heard < 3) return;
  underWay.delete(clientId);
  report.whole.push(performance.now() - one.at);
}

function send(pair: Pair, by: Side): void {
  const clientId = randomUUID();
  const { conversationId } = pair;
  const message = { conversationId, clientId, text, ...(by.epoch === undefined ? {} : { epoch: by.epoch }) };
  const one = { by, at: performance.now(), heard: 0 };
  underWay.set(clientId, one);
  report.sent += 1;
  by.socket.emit("message:send", message, (answer: { ok: boolean }) => {
    if (!answer.ok) {
      report.refused += 1;
      underWay.delete(clientId);
      return;
    }
    report.acked += 1;
    report.ack.push(performance.now() - one.at);
    settle(clientId, one);
  });
}

async function load({ perSecond, seconds }: { perSecond: number; seconds: number }): Promise<LoadReport> {
  report = emptyReport();
  const started = performance.now();
  let turn = 0;
  for (;;) {
    const elapsed = performance.now() - started;
    if (elapsed > seconds * 1_000) break;
    for (let due = Math.floor((elapsed / 1_000) * perSecond) - report.sent; due > 0; due--) {
      if (underWay.size > mostUnderWay) break;
      const pair = pairs[turn % pairs.length];
      if (pair === undefined) throw new Error("nobody is connected");
      send(pair, Math.floor(turn / pairs.length) % 2 === 0 ? pair.visitor : pair.rep);
      turn += 1;
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  const lastCall = performance.now() + 5_000;
  while (underWay.size > 0 && performance.now() < lastCall)
    await new Promise((resolve) => setTimeout(resolve, 5));
  underWay.clear();
  const { ack, other, whole, ...counts } = report;
  return {
    ...counts,
    seconds: (performance.now() - started) / 1_000,
    ackMs: spread(ack),
    otherMs: spread(other),
    wholeMs: spread(whole),
  };
}

function spread(values: number[]): Spread {
  const sorted = Float64Array.from(values).sort();
  const at = (part: number) => sorted[Math.floor(sorted.length * part)] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

type People = { url: string; origin: string; visitors: LabVisitor[]; reps: LabRep[]; isBare: boolean };

answerAsks({
  async connect({ url, origin, visitors, reps, isBare }: People) {
    const sides = new Map<string, Side>();
    for (const { credential, conversationId } of visitors) {
      const auth = { credential: isBare ? conversationId : credential };
      const side: Side = { socket: await open(`${url}/visitor`, auth, { origin }) };
      if (!isBare) await side.socket.emitWithAck("conversation:sync", { conversationId: null, since: 0 });
      hear(side);
      sides.set(conversationId, side);
    }
    for (const { cookie, conversations } of reps) {
      const socket = await open(`${url}/rep`, {}, { origin, cookie });
      if (!isBare) await socket.emitWithAck("console:sync", {});
      hear({ socket });
      for (const { id, epoch } of conversations) {
        await socket.emitWithAck("conversation:watch", { conversationId: id, since: 0 });
        const visitor = sides.get(id);
        if (visitor !== undefined) pairs.push({ conversationId: id, visitor, rep: { socket, epoch } });
      }
    }
    return pairs.length;
  },
  load,
  close() {
    for (const socket of sockets) socket.disconnect();
  },
});
