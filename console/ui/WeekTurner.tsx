import { text } from "../text.ts";
import { Button } from "./Button.tsx";

type WeekTurnerProps = { title: string; onTurn: (weeks: number) => void; onToday: () => void };

export function WeekTurner({ title, onTurn, onToday }: WeekTurnerProps) {
  return (
    <div class="turner">
      <strong aria-live="polite">{title}</strong>
      <Button size="small" onClick={onToday}>
        {text.meetings.thisWeek}
      </Button>
      <Button size="small" icon="back" label={text.meetings.earlier} onClick={() => onTurn(-1)} />
      <Button size="small" icon="next" label={text.meetings.later} onClick={() => onTurn(1)} />
    </div>
  );
}
