import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ClientId } from "../../shared/model/ids.ts";
import { startConversation } from "../conversations/start-conversation.ts";
import { acceptOffer } from "./accept-offer.ts";
import { lookAtRequests } from "./clock.ts";
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

describe("a claim and the clock", () => {
  it("a claim in the last millisecond wins, one in the millisecond of the end does not", async () => {
    const team = await world.addTeam(1);
    const lucky = await world.startTalk(team);
    const late = await world.startTalk(team);
    const [lastMoment, tooLate] = [await onlyOffer(lucky.id), await onlyOffer(late.id)];
    await world.setClock(world.now() + 29_999);
    expect(await world.accept(team, lastMoment.repId, lastMoment.id)).toEqual({ conversationId: lucky.id });
    await world.setClock(world.now() + 1);
    expect(await world.accept(team, tooLate.repId, tooLate.id)).toEqual({ expired: true });
    await world.after(0);
    expect(await world.requests(late.id)).toMatchObject([{ state: "fallback" }]);
  });

  it("claims and looks of two processes at once leave one owner and one end of the request (ten times)", async () => {
    const second = createNode(world.url);
    for (let round = 0; round < 10; round++) {
      const team = await world.addTeam(3);
      const { id } = await world.startTalk(team);
      const offers = await alerting(id);
      // In half of the rounds the clock stands on the very end of the offers.
      await world.setClock(world.now() + (round % 2 ? 30_000 : 29_999));
      const claims = await Promise.all([
        ...offers.map((offer, index) =>
          acceptOffer(index % 2 ? second : world.node(), { ...team, memberId: offer.repId }, offer.id),
        ),
        lookAtRequests(world.node(), "all").then(() => null),
        lookAtRequests(second, "all").then(() => null),
      ]);
      const won = claims.filter((claim) => claim !== null && "conversationId" in claim);
      const { owner_id, epoch } = await world.conversation(id);
      const requests = await world.requests(id);
      expect(requests).toHaveLength(1);
      expect(requests[0]?.isLive).toBe(false);
      if (round % 2) {
        expect({ won: won.length, owner_id, epoch }).toEqual({ won: 0, owner_id: null, epoch: 0 });
        expect(requests[0]?.state).toBe("fallback");
      } else {
        expect({ won: won.length, epoch }).toEqual({ won: 1, epoch: 1 });
        expect(requests[0]?.state).toBe("claimed");
        expect((await world.offers(id)).filter((offer) => offer.state === "claimed")).toMatchObject([
          { repId: owner_id },
        ]);
      }
      const kinds = await world.factKinds(id);
      expect(kinds.filter((kind) => kind === "rep_joined" || kind === "request_fell_back")).toHaveLength(1);
    }
    await second.close();
  });

  it("two processes that look at the same moment ask each rep once", async () => {
    const second = createNode(world.url);
    for (let round = 0; round < 10; round++) {
      const team = await world.addTeam(2, inTurn);
      const { id } = await world.startTalk(team);
      await world.setClock(world.now() + 30_000);
      await Promise.all([lookAtRequests(world.node(), "due"), lookAtRequests(second, "due")]);
      expect((await world.offers(id)).map((offer) => offer.repId)).toEqual(team.reps);
      expect((await onlyOffer(id)).repId).toBe(team.reps[1]);
    }
    await second.close();
  });

  it("two tabs that open a conversation at once open one, with one request", async () => {
    const second = createNode(world.url);
    const team = await world.addTeam(2);
    const visitor = await world.addVisitor(team);
    const [a, b] = await Promise.all([
      startConversation(world.node(), visitor, { clientId: clientId(), text: "From one tab" }),
      startConversation(second, visitor, { clientId: clientId(), text: "From another" }),
    ]);
    expect(a.id).toBe(b.id);
    expect(await world.requests(a.id)).toHaveLength(1);
    expect((await world.factKinds(a.id)).sort()).toEqual(["message", "message", "rep_requested"]);
    expect(await alerting(a.id)).toHaveLength(2);
    await second.close();
  });
});

describe("a restart in between forgets nothing", () => {
  it("goes on where the last process was killed: the next rep, then the booker", async () => {
    const team = await world.addTeam(2, inTurn);
    const { id } = await world.startTalk(team);
    await world.restart();
    await world.after(30);
    expect((await onlyOffer(id)).repId).toBe(team.reps[1]);
    await world.restart();
    await world.after(500);
    expect(await world.requests(id)).toEqual([{ state: "fallback", to: "meeting", isLive: false }]);
  });

  it("a request made by a process that died before it asked anybody is found by the next", async () => {
    const team = await world.addTeam(1);
    const visitor = await world.addVisitor(team);
    // The crash comes right after the commit: the process that would have asked is gone.
    const crash = { ...world.node().routing, advance: async () => undefined };
    const talk = await startConversation({ ...world.node(), routing: crash }, visitor, {
      clientId: clientId(),
      text: "Hello?",
    });
    expect(await alerting(talk.id)).toEqual([]);
    await world.restart();
    await world.after(0);
    expect(await alerting(talk.id)).toHaveLength(1);
  });

  it("an edit of the rules does not touch a request under way", async () => {
    const team = await world.addTeam(2, inTurn);
    const { id } = await world.startTalk(team);
    const edited = { strategy: "all", acceptSeconds: 5, maxReps: 1, maxWaitSeconds: 10 };
    await sql`update workspaces set routing = ${JSON.stringify(edited)}::jsonb where id = ${team.workspaceId}`.execute(
      world.db,
    );
    await world.after(29);
    expect((await onlyOffer(id)).repId).toBe(team.reps[0]);
    await world.after(1);
    expect((await onlyOffer(id)).repId).toBe(team.reps[1]);
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
