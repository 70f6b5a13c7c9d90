import type { DecisionLine } from "../../shared/model/routing.ts";
import type { Desk } from "../models/desk.ts";
import { nameOf } from "../models/team.ts";
import type { OpenThread } from "../models/thread.ts";
import { text } from "../text.ts";
import { clockTime, longDay } from "../time-text.ts";
import { Dialog } from "../ui/Dialog.tsx";

/** The decision log as sentences: who was asked, who was not and why, who took it. */
export function WhyDialog({
  desk,
  thread,
  onClose,
}: {
  desk: Desk;
  thread: OpenThread;
  onClose: () => void;
}) {
  const lines = thread.why.value;
  const first = lines?.[0];
  return (
    <Dialog title={text.why.title} onClose={onClose}>
      <p class="soft">{text.why.lead}</p>
      {lines === null && <p class="soft">{text.common.loading}</p>}
      {lines?.length === 0 && <p>{text.why.none}</p>}
      {first && <p class="soft small">{longDay(first.at)}</p>}
      <ol class="why">
        {lines?.map((line, at) => (
          <li key={at} class={`why-${line.step}`}>
            <time class="soft small" dateTime={new Date(line.at).toISOString()}>
              {clockTime(line.at)}
            </time>
            <span>{sentence(desk, line)}</span>
          </li>
        ))}
      </ol>
    </Dialog>
  );
}

function sentence(desk: Desk, line: DecisionLine): string {
  const step = text.why.steps[line.step];
  const reason = line.reason ? `: ${text.why.reasons[line.reason]}` : "";
  if (!line.repId) return step + reason;
  const isMe = line.repId === desk.myId.value;
  const who = nameOf(desk.team, line.repId) ?? text.common.somebody;
  return `${who}${isMe ? ` (${text.team.you})` : ""} ${step}${reason}`;
}
