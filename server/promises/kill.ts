import { setTimeout as delay } from "node:timers/promises";
import type { Fact, VisitorFact } from "../../shared/model/facts.ts";
import type { ClientId, ConversationId } from "../../shared/model/ids.ts";
import type { DemoAccount } from "../../shared/protocol/console-routes.ts";
import { applyFacts, type Thread } from "../../shared/sync/thread.ts";
import { choosePlacement } from "../db/embedded/placement.ts";
import { clusterProcesses, signalProcess } from "../db/embedded/processes.ts";
import { until } from "./test-link.ts";
import { type RunningProgram, startProgram } from "./test-program.ts";
import { openRep, type RepLink, signIn } from "./test-rep.ts";
import { arrive, newClientId, openVisitor, type VisitorLink } from "./test-visitor.ts";
import { freePort } from "./test-web.ts";

export type KillReport = {
  serverKills: number;
  postgresKills: number;
  /** Messages whose ack reached their sender. */
  acknowledged: number;
  lost: number;
  duplicated: number;
  /** Sends that were tried again because no ack came. */
  repeated: number;
  /** Screens that did not end with the list that the server reads out to a newcomer. */
  different: number;
  screens: number;
  slowestReturnMs: number;
};

type KillPlan = {
  program: string;
  dataDir: string;
  serverKills: number;
  postgresKills: number;
  conversations?: number;
  tell?(line: string): void;
};

/** A screen that keeps a conversation with the real reducer, and a person behind it who writes without pause. */
type Writer = {
  conversationId: ConversationId;
  acked: Map<ClientId, { seq: number; text: string }>;
  repeated: number;
  thread(): Thread<Fact> | Thread<VisitorFact>;
  /** Asks for what is missing. */
  catchUp(): Promise<void>;
  /** The whole list as it is stored, page by page. */
  readAll(): Promise<(Fact | VisitorFact)[]>;
  writing: Promise<void>;
  close(): void;
};

/**
 * Kills the server and PostgreSQL again and again, without a word, while visitors and reps write over real sockets; then
 * compares what was acknowledged with what every screen and the database hold.
 */
export async function killUnderLoad(plan: KillPlan): Promise<KillReport> {
  const { program, dataDir, tell = () => undefined } = plan;
  const port = await freePort();
  // Reps decline nothing and nobody rings here: they address the visitors first.
  const env = { DATA_DIR: dataDir, DEMO_PORT: String(await freePort()), LOG_LEVEL: "error" };
  const start = () => startProgram({ program, port, env });
  let running: RunningProgram = await start();
  const { url } = running;
  let isOver = false;
  let slowestReturnMs = 0;
  const writers = await openWriters(url, plan.conversations ?? 3, () => isOver);

  const ackedNow = () => writers.reduce((sum, writer) => sum + writer.acked.size, 0);
  /** The load goes on: the next kill hits writes under way. */
  const untilWritingAgain = async () => {
    const before = writers.map((writer) => writer.acked.size);
    await until(
      "everyone writes again",
      () => writers.every((writer, index) => writer.acked.size >= (before[index] ?? 0) + 8),
      60_000,
    );
  };

  try {
    await untilWritingAgain();
    const kinds = interleave(plan.serverKills, plan.postgresKills);
    for (const [round, kind] of kinds.entries()) {
      const startedAt = performance.now();
      if (kind === "server") {
        await running.kill();
        running = await start();
      } else {
        killPostgres(dataDir, round);
      }
      await untilWritingAgain();
      const ms = performance.now() - startedAt;
      slowestReturnMs = Math.max(slowestReturnMs, ms);
      tell(
        `${round + 1}/${kinds.length} ${kind} killed; all write again after ${ms.toFixed(0)} ms; ${ackedNow()} acknowledged`,
      );
    }
    isOver = true;
    await Promise.all(writers.map((writer) => writer.writing));
    const report = await compare(writers);
    return {
      serverKills: plan.serverKills,
      postgresKills: plan.postgresKills,
      slowestReturnMs: Math.round(slowestReturnMs),
      ...report,
    };
  } finally {
    isOver = true;
    for (const writer of writers) writer.close();
    await running.stop();
  }
}

function interleave(serverKills: number, postgresKills: number): ("server" | "postgres")[] {
  const kinds: ("server" | "postgres")[] = [];
  for (let round = 0; round < Math.max(serverKills, postgresKills); round++) {
    if (round < serverKills) kinds.push("server");
    if (round < postgresKills) kinds.push("postgres");
  }
  return kinds;
}

async function openWriters(url: string, conversations: number, isOver: () => boolean): Promise<Writer[]> {
  const { accounts } = (await (await fetch(`${url}/api/demo-accounts`)).json()) as {
    accounts: DemoAccount[];
  };
  const [first, second] = accounts.filter((account) => account.role !== "meetings_only");
  if (first === undefined || second === undefined) throw new Error("the demo has no two reps");
  const settings = { isLasting: true, answerMs: 2_500 };
  const reps = await Promise.all(
    [first, second].map(async (account) => openRep(url, await signIn(url, account), settings)),
  );
  const writers: Writer[] = [];
  for (let index = 0; index < conversations; index++) {
    const rep = reps[index % 2];
    const person = await arrive(url, "larchwell-demo");
    const visitor = await openVisitor(url, person, settings);
    if (rep === undefined) throw new Error("there are two reps");
    const first = { visitorId: person.id, clientId: newClientId(), text: "May I help?" };
    const { conversationId } = await rep.askOk("visitor:pounce", first);
    writers.push(await writeAsVisitor(visitor, conversationId, isOver));
    writers.push(await writeAsRep(rep, conversationId, isOver));
  }
  return writers;
}

async function writeAsVisitor(
  link: VisitorLink,
  conversationId: ConversationId,
  isOver: () => boolean,
): Promise<Writer> {
  const { conversation } = await link.askOk("conversation:sync", { conversationId: null, since: 0 });
  if (conversation === null) throw new Error("the visitor knows no conversation");
  let thread: Thread<VisitorFact> = conversation;
  const catchUp = async () => {
    const answer = await link.ask("conversation:sync", { conversationId, since: thread.lastSeq });
    if (answer.ok && answer.conversation) thread = applyFacts(thread, answer.conversation.facts).thread;
  };
  link.socket.on("fact:new", (news: { conversationId: string; facts: VisitorFact[] }) => {
    if (news.conversationId !== conversationId) return;
    const applied = applyFacts(thread, news.facts);
    thread = applied.thread;
    if (applied.missingSince !== null) void catchUp();
  });
  link.socket.on("connect", () => void catchUp());
  const writer = {
    conversationId,
    acked: new Map(),
    repeated: 0,
    thread: () => thread,
    catchUp,
    readAll: () => readPages((before) => link.askOk("conversation:history", { conversationId, before })),
    writing: Promise.resolve(),
    close: link.close,
  };
  writer.writing = writeOn(writer, isOver, (clientId, text) =>
    link.ask("message:send", { conversationId, clientId, text }),
  );
  return writer;
}

async function writeAsRep(
  link: RepLink,
  conversationId: ConversationId,
  isOver: () => boolean,
): Promise<Writer> {
  const { conversation } = await link.askOk("conversation:watch", { conversationId, since: 0 });
  let thread: Thread<Fact> = conversation;
  const catchUp = async () => {
    const answer = await link.ask("conversation:watch", { conversationId, since: thread.lastSeq });
    if (answer.ok) thread = applyFacts(thread, answer.conversation.facts).thread;
  };
  link.socket.on("fact:new", (news: { conversationId: string; facts: Fact[] }) => {
    if (news.conversationId !== conversationId) return;
    const applied = applyFacts(thread, news.facts);
    thread = applied.thread;
    if (applied.missingSince !== null) void catchUp();
  });
  link.socket.on("connect", () => void catchUp());
  const { epoch } = conversation;
  const writer = {
    conversationId,
    acked: new Map(),
    repeated: 0,
    thread: () => thread,
    catchUp,
    readAll: () => readPages((before) => link.askOk("conversation:history", { conversationId, before })),
    writing: Promise.resolve(),
    close: link.close,
  };
  writer.writing = writeOn(writer, isOver, (clientId, text) =>
    link.ask("message:send", { conversationId, clientId, text, epoch }),
  );
  return writer;
}

async function readPages<F extends Fact | VisitorFact>(
  page: (before: number) => Promise<{ facts: F[]; hasEarlier: boolean }>,
): Promise<F[]> {
  const all: F[] = [];
  for (let before = 2_147_483_647; ; before = all[0]?.seq ?? 0) {
    const { facts, hasEarlier } = await page(before);
    all.unshift(...facts);
    if (!hasEarlier) return all;
  }
}

type Sent = { ok: true; seq: number } | { ok: false; code: string };

/** One message after the other, each repeated under its client id until it is acknowledged. */
async function writeOn(
  writer: Pick<Writer, "acked" | "repeated">,
  isOver: () => boolean,
  send: (clientId: ClientId, text: string) => Promise<Sent>,
): Promise<void> {
  for (let number = 1; !isOver(); number++) {
    const clientId = newClientId();
    const text = `Message ${number} of ${clientId}`;
    for (;;) {
      const answer = await send(clientId, text);
      if (answer.ok) {
        writer.acked.set(clientId, { seq: answer.seq, text });
        break;
      }
      if (!["unavailable", "internal", "too_many"].includes(answer.code)) {
        throw new Error(`a message was refused for good: ${answer.code}`);
      }
      writer.repeated += 1;
      await delay(30);
    }
    // A hurried person, not a benchmark: within the rate that a link may send.
    await delay(30);
  }
}

async function compare(writers: readonly Writer[]) {
  let lost = 0;
  let duplicated = 0;
  let different = 0;
  for (const writer of writers) {
    await writer.catchUp();
    const { facts } = writer.thread();
    // A screen starts with the first fact here, so that its list is the whole one.
    if (JSON.stringify(facts) !== JSON.stringify(await writer.readAll())) different += 1;
    if (facts.some((fact, index) => fact.seq !== index + 1)) different += 1;
    const times = new Map<ClientId, number>();
    for (const { clientId } of facts) if (clientId) times.set(clientId, (times.get(clientId) ?? 0) + 1);
    duplicated += [...times.values()].filter((count) => count > 1).length;
    for (const [clientId, { seq, text }] of writer.acked) {
      const fact = facts.find((one) => one.clientId === clientId);
      const isThere = fact?.seq === seq && fact.body.kind === "message" && fact.body.text === text;
      if (!isThere) lost += 1;
    }
  }
  return {
    acknowledged: writers.reduce((sum, writer) => sum + writer.acked.size, 0),
    repeated: writers.reduce((sum, writer) => sum + writer.repeated, 0),
    lost,
    duplicated,
    different,
    screens: writers.length,
  };
}

/** Every second time the first process alone, so that its children have to notice by themselves; else all of them. */
function killPostgres(dataDir: string, round: number): void {
  const { cluster, clusterName } = choosePlacement(dataDir);
  const { postmaster, children } = clusterProcesses(cluster, clusterName);
  if (postmaster.length !== 1) throw new Error(`${postmaster.length} PostgreSQL run where one was expected`);
  for (const pid of round % 4 === 1 ? postmaster : [...postmaster, ...children])
    signalProcess(pid, "SIGKILL");
}
