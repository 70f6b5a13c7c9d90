import { RRuleTemporal } from "rrule-temporal";
import type { Interval } from "../../../shared/time/intervals.ts";
import { DAY } from "../../../shared/time/local-day.ts";
import { readTime, type When } from "./ics-values.ts";
import { UnreadableEvent } from "./read-ics.ts";

const frequencies = ["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY", "SECONDLY"] as const;
type Frequency = (typeof frequencies)[number];

/** Periods looked at for one rule: 270 years of days. What needs more is not an appointment. */
const mostPeriods = 100_000;
const mostTimes = 50_000;

type Rule = {
  frequency: Frequency;
  interval: number;
  count: number | null;
  until: When | null;
  weekStart: string | null;
  byDay: string[] | null;
  numbers: Partial<Record<NumberPart, number[]>>;
};

const numberParts = {
  BYSECOND: { name: "bySecond", from: 0, to: 60 },
  BYMINUTE: { name: "byMinute", from: 0, to: 59 },
  BYHOUR: { name: "byHour", from: 0, to: 23 },
  BYMONTHDAY: { name: "byMonthDay", from: -31, to: 31 },
  BYYEARDAY: { name: "byYearDay", from: -366, to: 366 },
  BYWEEKNO: { name: "byWeekNo", from: -53, to: 53 },
  BYMONTH: { name: "byMonth", from: 1, to: 12 },
  BYSETPOS: { name: "bySetPos", from: -366, to: 366 },
} as const;
type NumberPart = (typeof numberParts)[keyof typeof numberParts]["name"];

type ToExpand = {
  /** DTSTART as the clock shows it; it is one of the times whether the rule says so or not. */
  start: number;
  isDay: boolean;
  rule: string;
  /** In which the times are wanted, by the clock. */
  within: Interval;
  /** What a clock of the event's zone shows at an instant: for ends of rules that are written in UTC. */
  wallOf: (instant: number) => number;
};

/**
 * Every time of the rule within the window, by the clock of the event's zone, in which rules are meant: changes of the clock are
 * nothing to them. Throws `UnreadableEvent` for what is no rule, or would take too long.
 */
export function expandRule({ start, isDay, rule: text, within, wallOf }: ToExpand): number[] {
  const rule = readRule(text);
  if (isDay) for (const part of ["byHour", "byMinute", "bySecond"] as const) delete rule.numbers[part];
  const untilWall = rule.until === null ? null : lastWall(rule.until, isDay, wallOf);
  const found = rule.count === 0 ? [] : occurrences(rule, start, untilWall, within);
  const isStartWithin = within.start <= start && start <= within.end;
  return isStartWithin && found[0] !== start ? [start, ...found] : found;
}

function occurrences(rule: Rule, start: number, untilWall: number | null, within: Interval): number[] {
  if (within.end < start || (untilWall !== null && untilWall < within.start)) return [];
  try {
    const found = new RRuleTemporal({
      freq: rule.frequency,
      interval: rule.interval,
      dtstart: utc(start),
      tzid: "UTC",
      ...(rule.weekStart === null ? {} : { wkst: rule.weekStart }),
      ...(rule.byDay === null ? {} : { byDay: rule.byDay }),
      ...rule.numbers,
      // With an end as well, the two say different things: the longer is taken.
      ...(rule.count !== null && untilWall === null ? { count: rule.count } : {}),
      ...(untilWall === null ? {} : { until: utc(untilWall) }),
      maxIterations: mostPeriods,
      maxCandidateEvaluations: mostPeriods * 10,
      cache: false,
    }).between(new Date(Math.max(within.start, start)), new Date(within.end), true);
    if (found.length > mostTimes) throw new UnreadableEvent();
    return found.map(({ epochMilliseconds }) => epochMilliseconds);
  } catch {
    throw new UnreadableEvent();
  }
}

/** As the library takes times of any Temporal. */
function utc(wall: number): { timeZoneId: string; toString(): string } {
  const text = `${new Date(wall).toISOString().slice(0, 19)}+00:00[UTC]`;
  return { timeZoneId: "UTC", toString: () => text };
}

/** Inclusive. An end that is only a day, or of another kind than the start, takes in all that it may mean. */
function lastWall(until: When, isDay: boolean, wallOf: (instant: number) => number): number {
  if (until.kind === "date") return until.wall + DAY - 1_000;
  if (until.kind !== "utc") return until.wall;
  return isDay ? Math.max(until.wall, wallOf(until.wall)) : wallOf(until.wall);
}

function readRule(text: string): Rule {
  const parts = new Map<string, string>();
  for (const each of text.toUpperCase().replaceAll(/\s/g, "").split(";")) {
    if (each === "") continue;
    const [name = "", value = ""] = each.split("=");
    if (value === "") throw new UnreadableEvent();
    parts.set(name, value);
  }
  const rule: Rule = {
    frequency: frequencies.find((each) => each === parts.get("FREQ")) ?? unreadable(),
    // Zero is written by mistake for one; so read, nothing is missed.
    interval: Math.max(1, wholeNumber(parts.get("INTERVAL") ?? "1")),
    count: null,
    until: null,
    weekStart: null,
    byDay: null,
    numbers: {},
  };
  for (const [name, value] of parts) readPart(rule, name, value);
  return rule;
}

function readPart(rule: Rule, name: string, value: string): void {
  if (name in numberParts) {
    const { name: option, from, to } = numberParts[name as keyof typeof numberParts]; // It is one of them.
    rule.numbers[option] = value.split(",").map((each) => {
      const number = /^[+-]?\d{1,3}$/.test(each) ? Number(each) : unreadable();
      return number >= from && number <= to && (number !== 0 || from === 0) ? number : unreadable();
    });
    return;
  }
  switch (name) {
    case "FREQ":
    case "INTERVAL":
      return;
    case "COUNT":
      rule.count = wholeNumber(value);
      return;
    case "UNTIL":
      rule.until = readTime(value);
      return;
    case "WKST":
      rule.weekStart = /^(MO|TU|WE|TH|FR|SA|SU)$/.test(value) ? value : unreadable();
      return;
    case "BYDAY":
      rule.byDay = value.split(",").map((each) => readWeekday(each, rule.frequency));
      return;
    case "RSCALE":
      if (value !== "GREGORIAN" && value !== "GREGORY") unreadable();
      return;
    case "SKIP":
      if (value !== "OMIT") unreadable();
      return;
    default:
      // Makers' own words change nothing for others; what looks like a rule and is unknown may.
      if (!name.startsWith("X-")) unreadable();
  }
}

function readWeekday(text: string, frequency: Frequency): string {
  const [, position = "", day = ""] = /^([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)$/.exec(text) ?? unreadable();
  if (position !== "" && Number(position) === 0) unreadable();
  // "The second Monday" of a week or a day is no more than Monday.
  return frequency === "MONTHLY" || frequency === "YEARLY" ? `${position}${day}` : day;
}

function wholeNumber(text: string): number {
  return /^\+?\d{1,10}$/.test(text) ? Number(text) : unreadable();
}

function unreadable(): never {
  throw new UnreadableEvent();
}
