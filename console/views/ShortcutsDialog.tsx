import type { Keys } from "../models/keys.ts";
import { text } from "../text.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { Kbd } from "../ui/Kbd.tsx";
import { Switch } from "../ui/Switch.tsx";

const { names, groups } = text.shortcuts;

/** The one table of what keys do; the bindings stand with their views. */
const table: { title: string; lines: [keys: string, name: string][] }[] = [
  {
    title: groups.everywhere,
    lines: [
      ["?", names.help],
      ["/", names.search],
      ["Alt+S", names.availability],
      ["G B", names.goBoard],
      ["G C", names.goConversations],
      ["G M", names.goMeetings],
      ["G H", names.goHours],
      ["G R", names.goReplies],
    ],
  },
  {
    title: groups.requests,
    lines: [
      ["Alt+A", names.accept],
      ["Alt+D", names.decline],
    ],
  },
  {
    title: groups.lists,
    lines: [
      ["↓", names.next],
      ["↑", names.previous],
      ["Enter", names.open],
      ["Esc", names.leave],
    ],
  },
  {
    title: groups.conversation,
    lines: [
      ["R", names.reply],
      ["N", names.note],
      ["M", names.meeting],
      ["H", names.handOver],
      ["T", names.take],
      ["E", names.close],
      ["W", names.why],
    ],
  },
  {
    title: groups.composer,
    lines: [
      ["Enter", names.send],
      ["Shift+Enter", names.breakLine],
      ["/", names.canned],
    ],
  },
];

export function ShortcutsDialog({ keys, onClose }: { keys: Keys; onClose: () => void }) {
  return (
    <Dialog title={text.shortcuts.title} size="wide" onClose={onClose}>
      <div class="shortcuts">
        {table.map((group) => (
          <section key={group.title}>
            <h3>{group.title}</h3>
            <dl>
              {group.lines.map(([combo, name]) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>
                    <Kbd keys={combo} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <div class="shortcuts-single">
        <span>
          <strong>{text.shortcuts.single}</strong>
          <span class="soft small">{text.shortcuts.singleHint}</span>
        </span>
        <Switch
          label={text.shortcuts.single}
          isOn={keys.isSingleOn.value}
          onChange={(isOn) => keys.setSingle(isOn)}
        />
      </div>
    </Dialog>
  );
}
