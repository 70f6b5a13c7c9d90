import { type IcsLine, readIcs } from "../ics-lines.ts";
import { text } from "../text.ts";

/** What people look for in an invitation, in this order. */
const told = [
  "METHOD",
  "SUMMARY",
  "STATUS",
  "DTSTART",
  "DTEND",
  "LOCATION",
  "ORGANIZER",
  "ATTENDEE",
  "UID",
  "SEQUENCE",
  "DESCRIPTION",
];

/** An iCalendar file, readable above and raw below. */
export function InvitationView({ file }: { file: string }) {
  const lines = readIcs(file).filter((line) => told.includes(line.name));
  const sorted = told.flatMap((name) => lines.filter((line) => line.name === name));
  return (
    <div class="invitation">
      <dl class="facts">
        {sorted.map((line, at) => (
          <div key={at}>
            <dt>{line.name.toLowerCase()}</dt>
            <dd>{wordsOf(line)}</dd>
          </div>
        ))}
      </dl>
      <h3>{text.mailbox.raw}</h3>
      <pre class="mail-text">{file}</pre>
    </div>
  );
}

function wordsOf({ value, params }: IcsLine): string {
  const name = params.CN ? `${params.CN}, ` : "";
  const zone = params.TZID ? ` (${params.TZID})` : "";
  return `${name}${value.replace(/^mailto:/i, "")}${zone}`;
}
