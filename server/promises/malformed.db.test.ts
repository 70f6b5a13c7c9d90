import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Fact, VisitorFact } from "../../shared/model/facts.ts";
import type { ConversationId } from "../../shared/model/ids.ts";
import type { DemoAccount } from "../../shared/protocol/console-routes.ts";
import type { Answer } from "../../shared/protocol/errors.ts";
import { say } from "../log.ts";
import { malformedRequest, sendMalformed } from "./malformed.ts";
import { createSeeded } from "./seeded.ts";
import { until } from "./test-link.ts";
import { bundleProgram, type RunningProgram, startProgram } from "./test-program.ts";
import { HandshakeRefused, openRawSocket, type RawSocket } from "./test-raw-socket.ts";
import { openRep, type RepLink, type SignedIn, signIn } from "./test-rep.ts";
import { arrive, newClientId, openVisitor, type TestVisitor, type VisitorLink } from "./test-visitor.ts";
import { freePort } from "./test-web.ts";

const siteKey = "larchwell-demo";
const socketPath = "/socket/?EIO=4&transport=websocket";
let dataDir: string;
let program: string;
let server: RunningProgram;
let session: SignedIn;
let person: TestVisitor;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "foyer-malformed-"));
  chmodSync(dataDir, 0o755); // As root PostgreSQL runs as another user, who must pass.
  program = await bundleProgram();
  const [port, demoPort] = [await freePort(), await freePort()];
  server = await startProgram({
    program,
    port,
    env: { DATA_DIR: dataDir, DEMO_PORT: String(demoPort), LOG_LEVEL: "info" },
  });
  const { accounts } = (await (await fetch(`${server.url}/api/demo-accounts`)).json()) as {
    accounts: [DemoAccount, ...DemoAccount[]];
  };
  session = await signIn(server.url, accounts[0]);
  person = await arrive(server.url, siteKey);
});
afterAll(async () => {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
  rmSync(dirname(program), { recursive: true, force: true });
});

/** Two people who chat on as if nothing was: every message must arrive, and no link may drop. */
async function startInnocentChat() {
  const guest = await arrive(server.url, siteKey);
  const visitor = await openVisitor(server.url, guest);
  const rep = await openRep(server.url, session);
  const opening = { visitorId: guest.id, clientId: newClientId(), text: "Hello" };
  const { conversationId } = await rep.askOk("visitor:pounce", opening);
  await rep.askOk("conversation:watch", { conversationId, since: 0 });
  const sent = { visitor: 0, rep: 0 };
  let isOver = false;
  let drops = 0;
  for (const { socket } of [visitor, rep]) socket.on("disconnect", () => (drops += isOver ? 0 : 1));
  const talk = async () => {
    while (!isOver) {
      const text = `Words ${sent.visitor}`;
      await visitor.askOk("message:send", { conversationId, clientId: newClientId(), text });
      sent.visitor += 1;
      await rep.askOk("message:send", { conversationId, epoch: 1, clientId: newClientId(), text });
      sent.rep += 1;
      await delay(60);
    }
  };
  const talking = talk();
  return {
    async end() {
      isOver = true;
      await talking;
      const heard = (link: VisitorLink | RepLink, by: "visitor" | "rep") =>
        link.heard
          .flatMap((one): (Fact | VisitorFact)[] => (one.event === "fact:new" ? one.news.facts : []))
          .filter((fact) => fact.body.kind === "message" && fact.by.kind === by).length;
      await until("every message arrived", () => heard(rep, "visitor") === sent.visitor);
      await until("every answer arrived", () => heard(visitor, "rep") >= sent.rep);
      for (const link of [visitor, rep]) link.close();
      return { messages: sent.visitor + sent.rep, drops };
    },
  };
}

async function openRaw(namespace: "/visitor," | "/rep," | ""): Promise<RawSocket> {
  const headers = { origin: server.url, cookie: session.cookie };
  const raw = await openRawSocket(server.url, headers, socketPath);
  await raw.hear((message) => message.startsWith("0"));
  if (namespace === "") return raw;
  const auth = namespace === "/rep," ? { version: 1 } : { version: 1, credential: person.credential };
  raw.text(`40${namespace}${JSON.stringify(auth)}`);
  await raw.hear((message) => message.startsWith(`40${namespace}`));
  return raw;
}

async function metric(name: string): Promise<number> {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\S+)$`, "m").exec(text)?.[1]);
}

/** Frames for each of the three places; FRAMES=20000 for a long run, SEED for another one. */
const framesEach = Number(process.env.FRAMES ?? 1_000);
const seed = Number(process.env.SEED ?? 1);

describe("a link that joins again", () => {
  const again = () => [
    "41/visitor,",
    `40/visitor,${JSON.stringify({ version: 1, credential: person.credential })}`,
  ];

  it("is heard once", async () => {
    const raw = await openRaw("/visitor,");
    for (let turn = 0; turn < 3; turn++) {
      raw.received.length = 0;
      for (const message of again()) raw.text(message);
      await raw.hear((message) => message.startsWith("40/visitor,"));
    }
    raw.text('42/visitor,7["conversation:sync",{"conversationId":null,"since":0}]');
    raw.text('42/visitor,8["conversation:sync",{"conversationId":null,"since":0}]');
    await raw.hear((message) => message.startsWith("43/visitor,8"));
    expect(raw.received.filter((message) => message.startsWith("43/visitor,7"))).toHaveLength(1);
    raw.end();
  });

  it("again and again is ended", async () => {
    const raw = await openRaw("/visitor,");
    let joins = 1;
    for (let isIn = true; isIn && joins < 20; ) {
      raw.received.length = 0;
      for (const message of again()) raw.text(message);
      isIn = await raw
        .hear((message) => message.startsWith("40/visitor,"))
        .then(
          () => true,
          () => false,
        );
      if (isIn) joins += 1;
    }
    expect(joins).toBe(5);
    expect(raw.isClosed()).toBe(true);
  });
});

describe("malformed frames", () => {
  it.each(["", "/visitor,", "/rep,"] as const)(
    "on %j do not end the process, and an innocent chat goes on",
    async (namespace) => {
      const chat = await startInnocentChat();
      const seeded = createSeeded(seed);
      let sent = 0;
      let links = 0;
      let survived = 0;
      // There every link bears one frame only.
      const frames = namespace === "" ? framesEach / 2.5 : framesEach;
      while (sent < frames) {
        const raw = await openRaw(namespace);
        links += 1;
        // Few for each link, so that the rate limit does not keep them from the handlers.
        for (let frame = 0; frame < 40 && sent < frames && !raw.isClosed(); frame++) {
          sent += 1;
          if (sendMalformed(raw, seeded, namespace) === "ends") {
            await raw.ended(15);
            break;
          }
          survived += 1;
        }
        raw.end();
      }
      const { messages, drops } = await chat.end();
      say(
        `${sent} malformed frames over ${links} links at ${namespace || "no namespace"}, ${survived} of them for our handlers; ${messages} messages meanwhile`,
      );
      expect(drops).toBe(0);
      expect(messages).toBeGreaterThan(5);
      expect(server.child.exitCode).toBeNull();
      expect(server.output()).not.toMatch(/promise was left|nobody caught|"level":60/);
    },
  );

  it("malformed requests are refused, none as a mistake of ours", async () => {
    const chat = await startInnocentChat();
    const seeded = createSeeded(seed);
    const statuses = new Map<number, number>();
    for (let count = 0; count < 600; count++) {
      const { method, path, headers, body } = malformedRequest(seeded, server.url);
      const status = await new Promise<number>((resolve) => {
        const asked = request(server.url + path, { method, headers }, (response) => {
          response.resume();
          response.on("end", () => resolve(response.statusCode ?? 0));
        });
        asked.on("error", () => resolve(0)); // Cut off before it was all said.
        asked.end(body);
      });
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (status >= 500) throw new Error(`${method} ${path} was answered with ${status}`);
    }
    const { messages, drops } = await chat.end();
    say(
      `600 malformed requests: ${JSON.stringify(Object.fromEntries(statuses))}; ${messages} messages meanwhile`,
    );
    expect(drops).toBe(0);
    expect((statuses.get(400) ?? 0) + (statuses.get(401) ?? 0)).toBeGreaterThan(100);
  });
});

describe("links from elsewhere", () => {
  const polling = "/socket/?EIO=4&transport=polling";
  const from = (origin: string | null, path: string, init: RequestInit = {}) =>
    fetch(server.url + path, { ...init, headers: origin === null ? {} : { origin } });

  it("are refused on both transports, also without an origin, and from one that only begins like ours", async () => {
    const strangers = [
      "https://evil.example",
      `${server.url}.evil.example`,
      "null",
      "http://127.0.0.1:1",
      "https://shop.example",
    ];
    for (const origin of strangers) {
      expect((await from(origin, polling)).status).toBe(403);
      await expect(openRawSocket(server.url, { origin }, socketPath)).rejects.toMatchObject({ status: 400 });
    }
    expect((await from(null, polling)).status).toBe(403);
    await expect(openRawSocket(server.url, {}, socketPath)).rejects.toBeInstanceOf(HandshakeRefused);
    expect((await from(server.url, polling)).status).toBe(200);
  });

  it("are refused when they would take over a link that began rightly", async () => {
    const opened = await (await from(server.url, polling)).text();
    const { sid } = JSON.parse(opened.slice(1)) as { sid: string };
    const upgrade = openRawSocket(server.url, { origin: "https://evil.example" }, `${socketPath}&sid=${sid}`);
    await expect(upgrade).rejects.toBeInstanceOf(HandshakeRefused);
  });
});

describe("a link that asks for more than its part", () => {
  it("is told to wait when it floods, and what it repeats later arrives once", async () => {
    const guest = await arrive(server.url, siteKey);
    const visitor = await openVisitor(server.url, guest);
    const { conversation } = await visitor.askOk("conversation:start", {
      clientId: newClientId(),
      text: "Hello",
    });
    const sends = Array.from({ length: 150 }, (_, index) => ({
      conversationId: conversation.id,
      clientId: newClientId(),
      text: `Flood ${index}`,
    }));
    const answers = await Promise.all(sends.map((send) => visitor.ask("message:send", send)));
    const refused = answers.filter((answer) => !answer.ok);
    expect(refused.length).toBeGreaterThan(50);
    for (const answer of refused) expect(answer).toMatchObject({ code: "too_many" });
    for (const [index, answer] of answers.entries()) {
      const send = sends[index];
      if (!answer.ok && send !== undefined) await patiently(() => visitor.ask("message:send", send));
    }
    const { rows } = await readAll(visitor, conversation.id);
    expect(rows.filter((text) => text.startsWith("Flood")).sort()).toEqual(
      sends.map((send) => send.text).sort(),
    );
    visitor.close();
  });

  it.each(["websocket", "polling"] as const)(
    "is cut over %s when it asks and does not read; memory stays bounded",
    async (transport) => {
      const guest = await arrive(server.url, siteKey);
      const visitor = await openVisitor(server.url, guest);
      const text = "€".repeat(4_000);
      const { conversation } = await visitor.askOk("conversation:start", { clientId: newClientId(), text });
      for (let count = 0; count < 98; count++) {
        const send = { conversationId: conversation.id, clientId: newClientId(), text };
        await patiently(() => visitor.ask("message:send", send));
      }
      visitor.close();

      const before = await metric("process_resident_memory_bytes");
      const cuts = () => server.output().split("a slow reader was cut").length - 1;
      const cutBefore = cuts();
      // Each asks sixty times for some 1.2 MB and reads none of it.
      const question = (id: number) =>
        `42/visitor,${id}["conversation:sync",{"conversationId":null,"since":0}]`;
      const auth = `40/visitor,${JSON.stringify({ version: 1, credential: guest.credential })}`;
      const links: { end(): void }[] = [];
      for (let link = 0; link < 4; link++) {
        if (transport === "websocket") {
          const raw = await openRawSocket(server.url, { origin: server.url }, socketPath);
          await raw.hear((message) => message.startsWith("0"));
          raw.text(auth);
          await raw.hear((message) => message.startsWith("40/visitor,"));
          raw.socket.pause();
          for (let id = 0; id < 59; id++) raw.text(question(id));
          links.push(raw);
        } else {
          const headers = { origin: server.url, "content-type": "text/plain;charset=UTF-8" };
          const path = "/socket/?EIO=4&transport=polling";
          const opened = await (await fetch(server.url + path, { headers })).text();
          const { sid } = JSON.parse(opened.slice(1)) as { sid: string };
          const post = (body: string) =>
            fetch(`${server.url}${path}&sid=${sid}`, { method: "POST", headers, body });
          await post(auth);
          await (await fetch(`${server.url}${path}&sid=${sid}`, { headers })).text();
          await post(Array.from({ length: 59 }, (_, id) => question(id)).join("\u001e"));
        }
      }
      await until("all are cut", () => cuts() === cutBefore + 4, 15_000);
      const grown = ((await metric("process_resident_memory_bytes")) - before) / 1_048_576;
      say(
        `4 links of ${transport} that asked for 70 MB each and read nothing: cut; memory grew by ${grown.toFixed(0)} MB`,
      );
      expect(grown).toBeLessThan(400);
      for (const link of links) link.end();
    },
  );
});

/** Asks again after the time that a refusal names. */
async function patiently<T extends object>(ask: () => Promise<Answer<T>>): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer.ok) return answer;
    if (answer.code !== "too_many") throw new Error(`refused: ${answer.code}`);
    await delay(answer.retryAfterMs ?? 50);
  }
}

async function readAll(visitor: VisitorLink, conversationId: ConversationId) {
  const rows: string[] = [];
  for (let before = 2_147_483_647; ; ) {
    const from = before;
    const { facts, hasEarlier } = await patiently(() =>
      visitor.ask("conversation:history", { conversationId, before: from }),
    );
    for (const { body } of facts) if (body.kind === "message") rows.push(body.text);
    before = facts[0]?.seq ?? 0;
    if (!hasEarlier) return { rows };
  }
}
