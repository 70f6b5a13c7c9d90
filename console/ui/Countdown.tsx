type CountdownProps = { leftMs: number; wholeMs: number; label: string };

const RADIUS = 17;
const LENGTH = 2 * Math.PI * RADIUS;

/** Seconds that are left, as a number in a ring that empties. */
export function Countdown({ leftMs, wholeMs, label }: CountdownProps) {
  const seconds = Math.max(0, Math.ceil(leftMs / 1000));
  const share = Math.max(0, Math.min(1, leftMs / Math.max(1, wholeMs)));
  return (
    <span class={seconds <= 8 ? "countdown countdown-soon" : "countdown"} role="timer" aria-label={label}>
      <svg viewBox="0 0 40 40" width="40" height="40" aria-hidden="true">
        <circle class="countdown-track" cx="20" cy="20" r={RADIUS} />
        <circle
          class="countdown-left"
          cx="20"
          cy="20"
          r={RADIUS}
          stroke-dasharray={LENGTH}
          stroke-dashoffset={LENGTH * (1 - share)}
        />
      </svg>
      <span aria-hidden="true">{seconds}</span>
    </span>
  );
}
