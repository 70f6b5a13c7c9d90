import type { MemberId } from "../../shared/model/ids.ts";
import type { TypeHost } from "../../shared/model/meeting-types.ts";
import type { LedgerLine } from "../../shared/protocol/meeting-routes.ts";

/** Meetings that count: who holds them, and whose turn each might have been when it was booked. */
export type Counted = { hostId: MemberId; turnOf: readonly MemberId[]; meetings: number };

/**
 * The fairness ledger: one line for each host, in the order in which those who are free are asked.
 *
 * Hosts of a higher priority come first. Among equals everybody is to have meetings in proportion to their weight. Whoever was away when a meeting was
 * booked (not a host yet, deactivated, not bookable, on a day off) is credited with what the others got on average for each
 * unit of weight: nobody has to catch up, and nobody who comes back is flooded. Cancelled meetings and no-shows are not in `counted`.
 *
 * Who already has more than their share waits; of the others the one is asked whose next meeting is due first. This keeps
 * everybody within one meeting of their share (Balinski and Young's quota method). Pure.
 */
export function fairness(hosts: readonly TypeHost[], counted: readonly Counted[]): LedgerLine[] {
  const lines: (LedgerLine & { isAhead: boolean; due: number })[] = [];
  for (const priority of new Set(hosts.map((host) => host.priority))) {
    const equals = hosts.filter((host) => host.priority === priority);
    const tallied = equals.map((host) => ({ ...host, ...tallyOf(host, equals, counted) }));
    const weights = sum(tallied.map(({ weight }) => weight));
    const perWeight = sum(tallied.map(({ meetings, calibration }) => meetings + calibration)) / weights;
    for (const { memberId, weight, meetings, calibration } of tallied) {
      const score = (meetings + calibration) / weight;
      // A calibration is a sum of fractions: what differs by less than this is the same.
      const isAhead = score > perWeight + tiny;
      const due = (meetings + calibration + 1) / weight;
      lines.push({ memberId, weight, priority, meetings, calibration, score, isAhead, due });
    }
  }
  return lines
    .sort(
      (a, b) =>
        b.priority - a.priority ||
        Number(a.isAhead) - Number(b.isAhead) ||
        (Math.abs(a.due - b.due) < tiny ? 0 : a.due - b.due) ||
        (a.memberId < b.memberId ? -1 : 1),
    )
    .map(({ isAhead: _, due: __, ...line }) => line);
}

const tiny = 1e-9;

function tallyOf(host: TypeHost, equals: readonly TypeHost[], counted: readonly Counted[]) {
  const isEqual = new Map(equals.map((each) => [each.memberId, each.weight]));
  let meetings = 0;
  let calibration = 0;
  for (const each of counted) {
    if (each.hostId === host.memberId) meetings += each.meetings;
    // A meeting that went to another priority was not this host's to miss.
    else if (isEqual.has(each.hostId) && !each.turnOf.includes(host.memberId)) {
      const there = sum([...new Set([...each.turnOf, each.hostId])].map((id) => isEqual.get(id) ?? 0));
      calibration += (each.meetings * host.weight) / there;
    }
  }
  return { meetings, calibration };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
