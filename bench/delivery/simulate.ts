import { createSeeded } from "../../server/promises/seeded.ts";
import type { Fact } from "../../shared/model/facts.ts";
import type { ClientId, ConversationId, MemberId, VisitorId } from "../../shared/model/ids.ts";
import { createSimClock } from "./sim-clock.ts";
import { clear, createNetwork } from "./sim-network.ts";
import { SimRep } from "./sim-rep.ts";
import { type Flaw, hideNote, SimServer } from "./sim-server.ts";
import { SimVisitor } from "./sim-visitor.ts";

export type Outcome = { problems: string[]; sent: number; acked: number; kills: number };

/** Everything that goes wrong goes wrong within this time; then the network heals. */
const stormMs = 50_000;
/** Long enough for the longest pause between two tries, twice. */
const calmMs = 150_000;

/**
 * Two visitors and two reps write to each other through a bad minute: lost, doubled, late and overtaking packets, links
 * that die in one direction, cut wires, reloads, killed servers. Then all is well, and everything must have arrived.
 */
export async function simulate(seed: number, flaw: Flaw = "none"): Promise<Outcome> {
  const seeded = createSeeded(seed);
  const clock = createSimClock(seeded);
  const network = createNetwork(clock, seeded);
  const repIds = ["rep-1", "rep-2"] as [MemberId, MemberId]; // Ids of the simulation.
  const visitorIds = ["visitor-1", "visitor-2"] as [VisitorId, VisitorId];
  const ownerOf = (id: VisitorId) => (id === visitorIds[0] ? repIds[0] : repIds[1]);
  const server = new SimServer(clock, seeded, ownerOf, flaw);
  const visitors = visitorIds.map((id) => new SimVisitor({ id, clock, seeded, network, server }));
  const reps = repIds.map((id) => new SimRep({ id, clock, network, server }));
  let kills = 0;

  network.weather = {
    loss: seeded.pick([0, 0.02, 0.1, 0.3]),
    doubling: seeded.pick([0, 0.1, 0.3]),
    slowMs: seeded.pick([60, 500, 4_000]),
  };
  server.failures = seeded.pick([0, 0, 0.05, 0.2]);
  const sometime = (act: () => void) => clock.after(seeded.fraction() * stormMs, act);
  const anyWire = () => {
    const ends = [...visitors.flatMap(({ tabs }) => tabs), ...reps.map(({ desk }) => desk)];
    return ends[seeded.below(ends.length)]?.wire();
  };
  const watchAll = () => {
    for (const id of server.store.conversations.keys()) for (const rep of reps) rep.watch(id);
  };
  // The console's list tells of new conversations; here the reps look every second.
  const look = () => {
    watchAll();
    clock.after(1_000, look);
  };
  look();

  for (const visitor of visitors) {
    for (let count = 2 + seeded.below(7); count > 0; count--) sometime(() => visitor.say(`words ${count}`));
    if (seeded.chance(0.4)) sometime(() => visitor.reload());
    if (seeded.chance(0.25)) sometime(() => visitor.tabs.push(visitor.openTab()));
    if (seeded.chance(0.2)) sometime(() => void visitor.tabs[0]?.chat.close());
  }
  for (const rep of reps) {
    for (let count = 3 + seeded.below(8); count > 0; count--) {
      sometime(() => {
        const ids = [...server.store.conversations.keys()];
        const id = ids[seeded.below(ids.length)];
        if (id !== undefined) rep.say(id, `answer ${count}`);
      });
    }
    if (seeded.chance(0.4)) sometime(() => rep.reload());
  }
  for (let count = seeded.below(4); count > 0; count--) sometime(() => anyWire()?.cut());
  for (let count = seeded.below(4); count > 0; count--)
    sometime(() => anyWire()?.silence(seeded.pick(["up", "down"])));
  for (let count = seeded.below(3); count > 0; count--) {
    sometime(() => {
      kills += 1;
      server.kill();
      network.cutAll();
    });
  }
  if (seeded.chance(0.3)) {
    sometime(() =>
      server.change((store) => {
        const [conversation] = [...store.conversations.values()].filter((one) => one.isOpen);
        const to = conversation?.ownerId === repIds[0] ? repIds[1] : repIds[0];
        if (conversation === undefined) return null;
        return { conversation, facts: [store.give(conversation, to, clock.now())] };
      }),
    );
  }

  await clock.runUntil(stormMs);
  network.weather = clear;
  server.failures = 0;
  await clock.runUntil(stormMs + calmMs);

  const problems = judge({ server, visitors, reps });
  for (const visitor of visitors) for (const tab of visitor.tabs) tab.close();
  for (const rep of reps) rep.desk.close();
  const sent = [...visitors, ...reps].reduce((sum, one) => sum + one.typed.length, 0);
  const acked = [...visitors, ...reps].reduce((sum, one) => sum + one.acked.size, 0);
  return { problems, sent, acked, kills };
}

type World = { server: SimServer; visitors: SimVisitor[]; reps: SimRep[] };

/** Every acknowledged message once, the same order for all, everything sent acknowledged. */
function judge({ server, visitors, reps }: World): string[] {
  const problems: string[] = [];
  const expect = (holds: boolean, problem: string) => {
    if (!holds) problems.push(problem);
  };
  const conversations = [...server.store.conversations.values()];
  const all = conversations.flatMap((one) => one.facts.map((fact) => ({ fact, id: one.id })));
  const placesOf = (clientId: ClientId) => all.filter(({ fact }) => fact.clientId === clientId);
  for (const { id, facts } of conversations)
    expect(
      facts.every((fact, index) => fact.seq === index + 1),
      `${id} has holes`,
    );

  for (const visitor of visitors) {
    for (const clientId of visitor.acked)
      expect(
        placesOf(clientId).length === 1,
        `${clientId} was acknowledged and is there ${placesOf(clientId).length} times`,
      );
    for (const clientId of visitor.typed)
      expect(placesOf(clientId).length === 1, `${clientId} never arrived`);
    const order = visitor.typed.flatMap((clientId) => placesOf(clientId));
    expect(isInOrder(order), `the words of ${visitor.id} changed places`);
    const latest = server.store.latestOf(visitor.id);
    for (const { chat } of visitor.tabs) {
      expect(chat.outbox.messages.value.length === 0, `the outbox of ${visitor.id} is not empty`);
      const held = chat.thread.thread.value;
      expect(held?.id === latest?.id, `${visitor.id} looks at another conversation`);
      expect(isSame(held?.facts, latest?.facts.map(hideNote)), `${visitor.id} sees another list`);
      expect(
        held?.isOpen === latest?.isOpen && held?.ownerId === latest?.ownerId,
        `${visitor.id} sees another head`,
      );
    }
  }
  for (const rep of reps) {
    rep.noteFailures();
    for (const [clientId, seq] of rep.acked) {
      const places = placesOf(clientId);
      expect(
        places.length === 1 && places[0]?.fact.seq === seq,
        `${clientId} was acknowledged and is not there once`,
      );
    }
    for (const { clientId } of rep.typed) {
      const failure = rep.failed.get(clientId);
      if (failure === undefined) expect(placesOf(clientId).length === 1, `${clientId} never arrived`);
      else {
        expect(placesOf(clientId).length === 0, `${clientId} is said to have failed and is there`);
        const isExpected = failure.problem === "stale_owner" || failure.problem === "conversation_closed";
        expect(isExpected, `${clientId} failed for ${failure.problem}`);
      }
    }
    expect(rep.desk.outbox.items.value.length === 0, `the outbox of ${rep.id} is not empty`);
    for (const conversation of conversations) {
      const written = rep.typed.filter((one) => one.conversationId === conversation.id);
      expect(
        isInOrder(written.flatMap(({ clientId }) => placesOf(clientId))),
        `the words of ${rep.id} changed places`,
      );
      const held = rep.desk.threads.get(conversation.id)?.thread.value;
      expect(isSame(held?.facts, conversation.facts), `${rep.id} sees another list of ${conversation.id}`);
      expect(
        held?.isOpen === conversation.isOpen &&
          held?.ownerId === conversation.ownerId &&
          held?.epoch === conversation.epoch,
        `${rep.id} sees another head of ${conversation.id}`,
      );
    }
  }
  return problems;
}

function isInOrder(places: readonly { fact: Fact; id: ConversationId }[]): boolean {
  // Conversations of one visitor follow each other; their ids count up.
  const key = ({ fact, id }: { fact: Fact; id: ConversationId }) =>
    Number(id.split("-")[1]) * 10_000 + fact.seq;
  return places.every((place, index) => {
    const before = places[index - 1];
    return before === undefined || key(before) < key(place);
  });
}

function isSame(held: unknown, stored: unknown): boolean {
  return JSON.stringify(held) === JSON.stringify(stored);
}
