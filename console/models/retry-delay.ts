/** Grows from half a second to half a minute, and is spread by half, so that many consoles do not come back at once. */
export function retryDelayMs(tries: number, fraction: number): number {
  const base = Math.min(500 * 2 ** Math.min(tries, 10), 30_000);
  return Math.round(base * (0.75 + fraction / 2));
}
