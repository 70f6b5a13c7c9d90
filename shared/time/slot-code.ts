import { MINUTE } from "./local-day.ts";

/**
 * Slot starts as a short line of text: the first start as minutes since 1970, then the distance to each next one, all in
 * base 36 and separated by commas; `u~f` says "30 minutes further, 15 times". Starts lie on whole minutes.
 * Sixty days of eight free hours take about 450 bytes before compression.
 */
export function encodeSlots(starts: readonly number[]): string {
  let code = "";
  let before = 0;
  let step = 0;
  let times = 0;
  const flush = () => {
    if (times > 0) code += `${code && ","}${step.toString(36)}${times > 1 ? `~${times.toString(36)}` : ""}`;
  };
  for (const start of starts) {
    const minute = Math.round(start / MINUTE);
    if (minute - before === step && code !== "") times++;
    else {
      flush();
      step = minute - before;
      times = 1;
    }
    before = minute;
  }
  flush();
  return code;
}

/** More than a year of slots every five minutes; a longer answer is not ours. */
const MOST_SLOTS = 120_000;

export function decodeSlots(code: string): number[] {
  const starts: number[] = [];
  let minute = 0;
  if (code === "") return starts;
  for (const token of code.split(",")) {
    const [step = "", times = "1"] = token.split("~");
    for (let left = Number.parseInt(times, 36); left > 0 && starts.length < MOST_SLOTS; left--) {
      minute += Number.parseInt(step, 36);
      starts.push(minute * MINUTE);
    }
  }
  return starts;
}
