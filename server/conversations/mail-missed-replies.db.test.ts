import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { ClientId } from "../../shared/model/ids.ts";
import { prepareJobs } from "../jobs/queue.ts";
import { createLog } from "../log.ts";
import { createRoutingWorld } from "../routing/testing.ts";
import { authenticateVisitor } from "../visitors/access.ts";
import { resumeVisitor } from "../visitors/resume-visitor.ts";
import { catchUp } from "./catch-up.ts";
import { identifyVisitor } from "./identify-visitor.ts";
import { mailMissedReplies } from "./mail-missed-replies.ts";
import { createMessageWriter } from "./message-writer.ts";
import { sendMessage } from "./send-message.ts";
import { takeConversation } from "./take-conversation.ts";

let world: Awaited<ReturnType<typeof createRoutingWorld>>;
const config = { publicUrl: "https://chat.example", secretKey: "a key of the tests, long enough to count" };
const log = createLog({ level: "silent", part: "test" });

beforeAll(async () => {
  world = await createRoutingWorld();
  await prepareJobs(world.pool);
});
afterAll(() => world.close());

async function talk(email: string | null) {
  const team = await world.addTeam(1);
  const begun = await world.startTalk(team);
  const rep = { memberId: team.reps[0] ?? ("" as never), workspaceId: team.workspaceId };
  const taken = await takeConversation(world.node(), rep, begun.id);
  if (!("epoch" in taken)) throw new Error("somebody else took it");
  if (email !== null) {
    await identifyVisitor(world.node(), begun, { conversationId: begun.id, name: null, email });
  }
  const { bus } = world.node();
  const writer = createMessageWriter({ pool: world.pool, bus, follower: { follow: () => undefined } });
  const reply = async (text: string) => {
    const sent = await sendMessage(
      { ...world.node(), writer },
      {
        workspaceId: team.workspaceId,
        conversationId: begun.id,
        writer: { kind: "rep", id: rep.memberId, epoch: taken.epoch },
        clientId: randomUUID() as ClientId, // As a console makes them.
        body: { kind: "message", text },
      },
    );
    await catchUp(world.db, [begun.id]);
    return sent;
  };
  return { ...begun, reply };
}

const look = () => mailMissedReplies({ db: world.db, config, now: world.now, log });

async function mailsOf(id: string) {
  const { rows } = await world.pool.query<{ to_address: string; subject: string; body_text: string }>(
    "select to_address, subject, body_text from mails where conversation_id = $1 order by created_at",
    [id],
  );
  return rows;
}

it("mails what a rep wrote to a visitor who has left, once, with a link that leads back", async () => {
  const { id, visitorId, reply } = await talk("ada@guest.example");
  await reply("We have two in larch.");
  await reply("Shall I keep one for you?");
  world.leave(visitorId);
  await world.setClock(world.now() + 61_000);
  await look();
  await look();
  const [mail, ...more] = await mailsOf(id);
  expect(more).toEqual([]);
  expect(mail?.to_address).toBe("ada@guest.example");
  expect(mail?.body_text).toContain("We have two in larch.");
  expect(mail?.body_text).toContain("Shall I keep one for you?");

  const token = /https:\/\/chat\.example\/chat\/(\S+)/.exec(mail?.body_text ?? "")?.[1] ?? "";
  const { credential } = await resumeVisitor(
    { db: world.db, secretKey: config.secretKey, now: world.now },
    token,
  );
  expect((await authenticateVisitor(world.db, credential))?.visitorId).toBe(visitorId);
});

it("mails only what came after the last mail", async () => {
  const { id, visitorId, reply } = await talk("bo@guest.example");
  await reply("First.");
  world.leave(visitorId);
  await world.setClock(world.now() + 61_000);
  await look();
  await reply("Second.");
  await world.setClock(world.now() + 61_000);
  await look();
  const mails = await mailsOf(id);
  expect(mails).toHaveLength(2);
  expect(mails[1]?.body_text).toContain("Second.");
  expect(mails[1]?.body_text).not.toContain("First.");
});

it("mails nothing to a visitor who is there, who has seen it, or who left no address", async () => {
  const here = await talk("here@guest.example");
  await here.reply("Still there?");
  const nameless = await talk(null);
  await nameless.reply("Where may I write to?");
  const seen = await talk("seen@guest.example");
  const { seq } = await seen.reply("Goodbye then.");
  await world.pool.query("update conversations set visitor_seen = $1 where id = $2", [seq, seen.id]);
  world.leave(nameless.visitorId);
  world.leave(seen.visitorId);
  await world.setClock(world.now() + 61_000);
  await look();
  for (const { id } of [here, nameless, seen]) expect(await mailsOf(id)).toEqual([]);
});

it("refuses a link that was altered or is two weeks old", async () => {
  const deps = { db: world.db, secretKey: config.secretKey, now: world.now };
  await expect(resumeVisitor(deps, "abc.def")).rejects.toThrow("bad_signature");
  const { id, visitorId, reply } = await talk("late@guest.example");
  await reply("Are you coming back?");
  world.leave(visitorId);
  await world.setClock(world.now() + 61_000);
  await look();
  const token = /\/chat\/(\S+)/.exec((await mailsOf(id))[0]?.body_text ?? "")?.[1] ?? "";
  await world.setClock(world.now() + 15 * 86_400_000);
  await expect(resumeVisitor(deps, token)).rejects.toThrow("expired");
});
