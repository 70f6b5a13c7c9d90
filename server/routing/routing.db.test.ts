import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ClientId, MemberId } from "../../shared/model/ids.ts";
import { loadTeam } from "../accounts/team.ts";
import { closeConversation } from "../conversations/close-conversation.ts";
import { listConversations } from "../conversations/list-conversations.ts";
import { pounce } from "../conversations/pounce.ts";
import { startConversation } from "../conversations/start-conversation.ts";
import { takeConversation } from "../conversations/take-conversation.ts";
import { lookAtRequests } from "./clock.ts";
import { requestAgain } from "./request-again.ts";
import { createNode, createRoutingWorld, start } from "./testing.ts";

let world: Awaited<ReturnType<typeof createRoutingWorld>>;
beforeAll(async () => {
  world = await createRoutingWorld();
});
afterAll(() => world.close());

const inTurn = { strategy: "round_robin" } as const;
const clientId = () => randomUUID() as ClientId; // As a frame makes them.
const alerting = async (id: Parameters<typeof world.offers>[0]) =>
  (await world.offers(id)).filter((offer) => offer.state === "alerting");

async function onlyOffer(id: Parameters<typeof world.offers>[0]) {
  const [offer, ...more] = await alerting(id);
  if (offer === undefined || more.length > 0) throw new Error("exactly one rep should be asked now");
  return offer;
}

describe("one after the other", () => {
  it("asks the next when the first does not answer in time, and offers the booker when the time is over", async () => {
    const team = await world.addTeam(4, inTurn);
    const { id } = await world.startTalk(team);
    expect((await onlyOffer(id)).repId).toBe(team.reps[0]);
    await world.after(29.999);
    expect((await onlyOffer(id)).repId).toBe(team.reps[0]);
    await world.after(0.001);
    expect((await onlyOffer(id)).repId).toBe(team.reps[1]);
    await world.after(30);
    expect((await onlyOffer(id)).repId).toBe(team.reps[2]);
    await world.after(30);
    expect(await alerting(id)).toEqual([]);
    expect(await world.requests(id)).toEqual([{ state: "fallback", to: "meeting", isLive: false }]);
    expect(await world.factKinds(id)).toEqual(["message", "rep_requested", "request_fell_back"]);
    expect(await world.why(team, id)).toEqual([
      "requested",
      "offered rep0",
      "expired rep0 EXPIRED",
      "skipped rep0 EXPIRED",
      "offered rep1",
      "expired rep1 EXPIRED",
      "skipped rep0 EXPIRED",
      "skipped rep1 EXPIRED",
      "offered rep2",
      "expired rep2 EXPIRED",
      "skipped rep0 EXPIRED",
      "skipped rep1 EXPIRED",
      "skipped rep2 EXPIRED",
      "fell_back",
    ]);
    await world.after(3_600);
    expect(await alerting(id)).toEqual([]);
  });

  it("asks the next at once when one declines", async () => {
    const team = await world.addTeam(2, inTurn);
    const { id } = await world.startTalk(team);
    const first = await onlyOffer(id);
    await world.decline(team, first.repId, first.id);
    const second = await onlyOffer(id);
    expect(second.repId).not.toBe(first.repId);
    await world.decline(team, second.repId, second.id);
    expect(await world.requests(id)).toMatchObject([{ state: "fallback" }]);
    // Declining what rings no more changes nothing.
    await world.decline(team, second.repId, second.id);
    expect(await world.factKinds(id)).toEqual(["message", "rep_requested", "request_fell_back"]);
  });

  it("begins with who was asked longest ago", async () => {
    const team = await world.addTeam(3, inTurn);
    const asked: MemberId[] = [];
    for (let round = 0; round < 6; round++) {
      const talk = await world.startTalk(team);
      const offer = await onlyOffer(talk.id);
      asked.push(offer.repId);
      await closeConversation(world.node(), { kind: "visitor", access: talk }, talk.id);
      await world.after(1);
    }
    expect(asked.slice(0, 3)).toEqual(asked.slice(3));
    expect(new Set(asked).size).toBe(3);
  });
});

describe("all at once", () => {
  it("the first who claims becomes the owner; the others' offers are withdrawn and they learn who took it", async () => {
    const team = await world.addTeam(3);
    const { id } = await world.startTalk(team);
    const offers = await alerting(id);
    expect(offers).toHaveLength(3);
    const [first, second] = offers;
    if (first === undefined || second === undefined) throw new Error("three were asked");
    expect(await world.accept(team, first.repId, first.id)).toEqual({ conversationId: id });
    expect(await world.accept(team, second.repId, second.id)).toEqual({ takenBy: first.repId });
    // The winner presses twice.
    expect(await world.accept(team, first.repId, first.id)).toEqual({ conversationId: id });
    expect((await world.offers(id)).map((offer) => offer.state).sort()).toEqual([
      "claimed",
      "withdrawn",
      "withdrawn",
    ]);
    expect(await world.conversation(id)).toMatchObject({ owner_id: first.repId, epoch: 1 });
    const steps = (await world.why(team, id)).map((line) => line.split(" ")[0]);
    expect(steps.slice(-3)).toEqual(["claimed", "withdrawn", "withdrawn"]);
  });

  it("nobody answers: the booker after one round, since nobody is left to be asked", async () => {
    const team = await world.addTeam(3);
    const { id } = await world.startTalk(team);
    await world.after(30);
    expect(await world.requests(id)).toEqual([{ state: "fallback", to: "meeting", isLive: false }]);
  });

  it("nobody routable: the booker at once, with every reason in the log", async () => {
    const team = await world.addTeam(3, {}, { capacity: 1 });
    const [away, gone, full] = team.reps;
    if (away === undefined || gone === undefined || full === undefined)
      throw new Error("three were asked for");
    const busyWith = await world.startTalk(team);
    const offer = (await alerting(busyWith.id)).find((one) => one.repId === full);
    if (offer === undefined) throw new Error("everyone was asked");
    await world.accept(team, full, offer.id);
    await sql`update members set is_available = false where id = ${away}`.execute(world.db);
    await world.leaveDesk(gone);
    const { id } = await world.startTalk(team);
    expect(await world.requests(id)).toEqual([{ state: "fallback", to: "meeting", isLive: false }]);
    const lines = await world.why(team, id);
    expect(lines.slice(1, -1).sort()).toEqual([
      "skipped rep0 AWAY",
      "skipped rep1 OFFLINE",
      "skipped rep2 AT_CAPACITY",
    ]);
  });

  it("nobody routable and nobody who can be booked: a message is left", async () => {
    const team = await world.addTeam(1, {}, { hasHours: false });
    await sql`update members set is_available = false where id = ${team.reps[0]}`.execute(world.db);
    const { id } = await world.startTalk(team);
    expect(await world.requests(id)).toEqual([{ state: "fallback", to: "message", isLive: false }]);
  });

  it("a message is left where the booker would show nobody either: not ready, not on the site, not here any more", async () => {
    const endOf = async (team: Awaited<ReturnType<typeof world.addTeam>>) => {
      await world.leaveDesk(team.reps[0]!);
      return (await world.requests((await world.startTalk(team)).id))[0]?.to;
    };
    expect(await endOf(await world.addTeam(1))).toBe("meeting");

    const notReady = await world.addTeam(1);
    await sql`update members set zone_confirmed_at = null where id = ${notReady.reps[0]}`.execute(world.db);
    expect(await endOf(notReady)).toBe("message");

    const elsewhere = await world.addTeam(1);
    const teamId = randomUUID();
    await sql`insert into teams (id, workspace_id, name)
      values (${teamId}, ${elsewhere.workspaceId}, 'Others')`.execute(world.db);
    await sql`update sites set team_id = ${teamId} where id = ${elsewhere.siteId}`.execute(world.db);
    expect(await endOf(elsewhere)).toBe("message");

    const gone = await world.addTeam(1);
    await sql`update members set is_active = false where id = ${gone.reps[0]}`.execute(world.db);
    expect(await endOf(gone)).toBe("message");

    const closed = await world.addTeam(1, {}, { hasHours: false });
    await sql`update members set hours = jsonb_set(hours::jsonb, '{overrides}',
      '[{"date":"2026-10-06","spans":[]}]') where id = ${closed.reps[0]}`.execute(world.db);
    expect(await endOf(closed)).toBe("message");
  });
});

describe("somebody goes", () => {
  async function owned(size: number) {
    const team = await world.addTeam(size);
    const talk = await world.startTalk(team);
    const [offer] = await alerting(talk.id);
    if (offer === undefined) throw new Error("everyone was asked");
    await world.accept(team, offer.repId, offer.id);
    return { team, talk, owner: offer.repId, other: team.reps.find((rep) => rep !== offer.repId) };
  }

  it("a deactivated owner loses it, but not in a workspace that is being deleted", async () => {
    const { team, talk, owner } = await owned(2);
    await sql`update members set is_active = false where workspace_id = ${team.workspaceId}`.execute(
      world.db,
    );
    const dies = (at: Date | null) =>
      sql`update workspaces set delete_at = ${at} where id = ${team.workspaceId}`.execute(world.db);
    const before = await world.factKinds(talk.id);
    await dies(new Date(world.now()));
    await world.after(3, { isSlow: true });
    expect(await world.conversation(talk.id)).toMatchObject({ owner_id: owner });
    expect(await world.factKinds(talk.id)).toEqual(before);
    // An admin took it back, or its time has not come yet.
    await dies(new Date(world.now() + 86_400_000));
    await world.after(3, { isSlow: true });
    expect(await world.conversation(talk.id)).toMatchObject({ owner_id: null });
  });

  it("an owner gone for 90 seconds loses the conversation to whoever comes, not a second earlier", async () => {
    const { team, talk, owner, other } = await owned(2);
    await world.leaveDesk(owner);
    await world.after(90 - 0.001, { isSlow: true });
    expect(await world.conversation(talk.id)).toMatchObject({ owner_id: owner });
    await world.after(0.001, { isSlow: true });
    expect(await world.conversation(talk.id)).toMatchObject({ owner_id: null, epoch: 2 });
    const offer = await onlyOffer(talk.id);
    expect(offer.repId).toBe(other);
    await world.accept(team, offer.repId, offer.id);
    expect(await world.conversation(talk.id)).toMatchObject({ owner_id: other, epoch: 3 });
    expect(await world.factKinds(talk.id)).toEqual([
      "message",
      "rep_requested",
      "rep_joined",
      "rep_left",
      "rep_requested",
      "rep_joined",
    ]);
    const lines = await world.why(team, talk.id);
    expect(lines).toContain(`vanished rep${team.reps.indexOf(owner)} OFFLINE`);
  });

  it("an owner who is back within the time keeps it; so does one whose visitor is gone", async () => {
    const back = await owned(2);
    await world.leaveDesk(back.owner);
    await world.after(60, { isSlow: true });
    await world.arriveAtDesk(back.team, back.owner);
    await world.after(120, { isSlow: true });
    expect(await world.conversation(back.talk.id)).toMatchObject({ owner_id: back.owner, epoch: 1 });
    const alone = await owned(2);
    world.leave(alone.talk.visitorId);
    await world.leaveDesk(alone.owner);
    await world.after(200, { isSlow: true });
    expect(await world.conversation(alone.talk.id)).toMatchObject({ owner_id: alone.owner, epoch: 1 });
  });

  it("two processes replace a vanished owner once", async () => {
    const { talk, owner } = await owned(2);
    const second = createNode(world.url);
    await world.leaveDesk(owner);
    await world.setClock(world.now() + 91_000);
    await Promise.all([lookAtRequests(world.node(), "all"), lookAtRequests(second, "all")]);
    expect(await world.conversation(talk.id)).toMatchObject({ owner_id: null, epoch: 2 });
    expect(await alerting(talk.id)).toHaveLength(1);
    await second.close();
  });

  it("a visitor gone for 60 seconds is no longer rung for", async () => {
    const team = await world.addTeam(2, { acceptSeconds: 600, maxWaitSeconds: 600 });
    const { id, visitorId } = await world.startTalk(team);
    world.leave(visitorId);
    await world.after(60, { isSlow: true });
    expect(await alerting(id)).toHaveLength(2);
    await world.after(1, { isSlow: true });
    expect((await world.offers(id)).map((offer) => offer.state)).toEqual(["withdrawn", "withdrawn"]);
    expect(await world.requests(id)).toEqual([{ state: "left", to: null, isLive: false }]);
    // Back with an open question: somebody is asked again, without the visitor's doing.
    world.comeBack(visitorId);
    await world.after(20, { isSlow: true });
    expect(await alerting(id)).toHaveLength(2);
  });

  it("three offers missed in a row set a rep away, and a claim in between does not", async () => {
    const team = await world.addTeam(1);
    const [rep] = team.reps;
    const state = async () =>
      world.db
        .selectFrom("members")
        .select(["is_available", "away_reason"])
        .where("id", "=", rep!)
        .executeTakeFirstOrThrow();
    const miss = async () => {
      await world.startTalk(team);
      await world.after(30);
    };
    await miss();
    await miss();
    const talk = await world.startTalk(team);
    const offer = await onlyOffer(talk.id);
    await world.accept(team, offer.repId, offer.id);
    await world.after(1);
    await miss();
    await miss();
    expect(await state()).toEqual({ is_available: true, away_reason: null });
    await miss();
    expect(await state()).toEqual({ is_available: false, away_reason: "missed 3" });
    expect((await loadTeam(world.db, team.workspaceId))[0]).toMatchObject({
      presence: "away",
      hasMissedOffers: true,
    });
    expect(world.node().hints).toContainEqual({ kind: "team", workspaceId: team.workspaceId });
  });
});

describe("what else ends the ringing", () => {
  it("the visitor closes, a rep takes it, or a rep writes first", async () => {
    const team = await world.addTeam(3, {}, { capacity: 20 });
    const [a, b] = team.reps;
    if (a === undefined || b === undefined) throw new Error("three were asked for");
    const closed = await world.startTalk(team);
    await closeConversation(world.node(), { kind: "visitor", access: closed }, closed.id);
    expect(await alerting(closed.id)).toEqual([]);
    expect(await world.requests(closed.id)).toMatchObject([{ state: "left", isLive: false }]);

    const taken = await world.startTalk(team);
    await takeConversation(world.node(), { ...team, memberId: a }, taken.id);
    expect(await alerting(taken.id)).toEqual([]);
    expect(await world.requests(taken.id)).toMatchObject([{ state: "claimed", isLive: false }]);
    expect(await takeConversation(world.node(), { ...team, memberId: b }, taken.id)).toEqual({ takenBy: a });

    const addressed = await world.startTalk(team);
    const visitor = { id: addressed.visitorId, workspaceId: team.workspaceId };
    const words = { visitor, clientId: clientId(), text: "May I?" };
    await pounce(world.node(), { ...team, memberId: b }, words);
    expect(await alerting(addressed.id)).toEqual([]);
    expect(await world.conversation(addressed.id)).toMatchObject({ owner_id: b, epoch: 1 });
    // The same words again are the same words.
    await pounce(world.node(), { ...team, memberId: b }, words);
    expect(await world.conversation(addressed.id)).toMatchObject({ epoch: 1 });
    expect((await world.factKinds(addressed.id)).filter((kind) => kind === "message")).toHaveLength(2);
  });

  it("an offer of another rep, or of another workspace, does not exist", async () => {
    const team = await world.addTeam(2, inTurn);
    const others = await world.addTeam(1);
    const { id } = await world.startTalk(team);
    const offer = await onlyOffer(id);
    const notFound = expect.objectContaining({ code: "not_found" });
    await expect(world.accept(team, team.reps[1]!, offer.id)).rejects.toEqual(notFound);
    await expect(world.decline(team, team.reps[1]!, offer.id)).rejects.toEqual(notFound);
    await expect(world.accept(others, others.reps[0]!, offer.id)).rejects.toEqual(notFound);
    await expect(world.accept(others, team.reps[0]!, offer.id)).rejects.toEqual(notFound);
  });
});

describe("after the fallback", () => {
  it("somebody who comes back is asked for a visitor who still waits; without anybody nobody is sent in circles", async () => {
    const team = await world.addTeam(1);
    await sql`update members set is_available = false where id = ${team.reps[0]}`.execute(world.db);
    const { id } = await world.startTalk(team);
    for (let look = 0; look < 5; look++) await world.after(20, { isSlow: true });
    expect(await world.requests(id)).toHaveLength(1);
    await sql`update members set is_available = true where id = ${team.reps[0]}`.execute(world.db);
    await world.after(3, { isSlow: true });
    expect(await alerting(id)).toHaveLength(1);
    expect(await world.requests(id)).toMatchObject([
      { state: "fallback" },
      { state: "offered", isLive: true },
    ]);
  });

  it("who declined is not rung for the same visitor again and again, and somebody else who comes is", async () => {
    const team = await world.addTeam(2);
    const [here, away] = team.reps;
    await sql`update members set is_available = false where id = ${away}`.execute(world.db);
    const { id } = await world.startTalk(team);
    const offer = await onlyOffer(id);
    await world.decline(team, here!, offer.id);
    for (let look = 0; look < 5; look++) await world.after(20, { isSlow: true });
    expect(await world.requests(id)).toMatchObject([{ state: "fallback" }]);
    await sql`update members set is_available = true where id = ${away}`.execute(world.db);
    await world.after(3, { isSlow: true });
    expect((await onlyOffer(id)).repId).toBe(away);
    // Much later is another time.
    await world.decline(team, away!, (await onlyOffer(id)).id);
    await world.after(700, { isSlow: true });
    expect(await alerting(id)).toHaveLength(2);
  });

  it("who let a visitor's words pass is not rung for them again; for new words and by the visitor's own wish they are", async () => {
    const team = await world.addTeam(1);
    const { id, ...visitor } = await world.startTalk(team);
    await world.after(31);
    for (let look = 0; look < 20; look++) await world.after(20, { isSlow: true });
    expect(await world.requests(id)).toMatchObject([{ state: "fallback" }]);
    const { rows } = await world.pool.query("select is_available from members where id = $1", [team.reps[0]]);
    expect(rows).toEqual([{ is_available: true }]);

    const words = { clientId: clientId(), text: "Still there?" };
    await startConversation(world.node(), visitor, words);
    expect(await alerting(id)).toHaveLength(1);
    await world.after(31);
    await requestAgain(world.node(), { id, workspaceId: team.workspaceId });
    expect(await alerting(id)).toHaveLength(1);
  });

  it.each(["booked", "cancelled"])(
    "a visitor with a meeting (%s) is neither waiting nor rung for",
    async (state) => {
      const team = await world.addTeam(1);
      await sql`update members set is_available = false where id = ${team.reps[0]}`.execute(world.db);
      const { id, visitorId, workspaceId } = await world.startTalk(team);
      const rep = { memberId: team.reps[0]!, workspaceId };
      const isWaiting = async () => {
        const { conversations } = await listConversations(world.db, rep, "team", null);
        const line = conversations.find((one) => one.id === id);
        return line?.isWaiting;
      };
      await world.after(1);
      expect(await isWaiting()).toBe(true);
      await world.pool.query(
        `insert into meetings (id, workspace_id, host_id, visitor_id, conversation_id, state, start_at, end_at, during, created_at)
         select $1, $2, $3, $4, $5, $6, at, at + interval '30 min', tstzrange(at, at + interval '35 min'), foyer_now()
         from (select foyer_now() + interval '1 day' as at) day`,
        [randomUUID(), workspaceId, team.reps[0], visitorId, id, state],
      );
      expect(await isWaiting()).toBe(false);
      await sql`update members set is_available = true where id = ${team.reps[0]}`.execute(world.db);
      await world.after(20, { isSlow: true });
      expect(await alerting(id)).toEqual([]);
    },
  );

  it("the visitor may ask again, and asking twice asks once", async () => {
    const team = await world.addTeam(2, inTurn);
    const { id } = await world.startTalk(team);
    await world.after(30);
    await world.after(30);
    expect(await world.requests(id)).toMatchObject([{ state: "fallback" }]);
    const second = createNode(world.url);
    const place = { id, workspaceId: team.workspaceId };
    await Promise.all([requestAgain(world.node(), place), requestAgain(second, place)]);
    expect(await world.requests(id)).toMatchObject([{ isLive: false }, { isLive: true }]);
    expect(await alerting(id)).toHaveLength(1);
    await second.close();
  });
});

it("every request of this file has ended, or somebody is being asked", async () => {
  expect(world.now()).toBeGreaterThan(start);
  await world.after(3_600, { isSlow: true });
  await world.after(3_600);
  const { rows } = await sql<{ id: string }>`
    select r.id from requests r where r.due_at is not null and not exists (
      select 1 from offers o where o.request_id = r.id and o.state = 'alerting' and o.expires_at > foyer_now())`.execute(
    world.db,
  );
  expect(rows).toEqual([]);
});
