import { batch, createModel, effect, signal } from "@preact/signals";
import type { Instant, PhoneCodeId } from "../../shared/model/ids.ts";
import type { PhoneCodeView } from "../../shared/protocol/apps-routes.ts";
import type { ErrorCode } from "../../shared/protocol/errors.ts";
import type { ApiCall, Clock } from "../ports.ts";

export type PhoneCode = InstanceType<typeof PhoneCodeModel>;
type Code = { id: PhoneCodeId; link: string; expiresAt: Instant };

/** How the last code ended, for a line above the next one. */
export type PhoneNote = "refused" | "over" | null;

const LOOK_MS = 1_500;
/** So long before its end a code that nobody has read makes way for the next. */
const EARLY_MS = 8_000;

/** The code on this screen and the phone that reads it. Renewed while it is shown, withdrawn when it no longer is. */
export const PhoneCodeModel = createModel((call: ApiCall, clock: Clock) => {
  const code = signal<Code | null>(null);
  const view = signal<PhoneCodeView | null>(null);
  const note = signal<PhoneNote>(null);
  const problem = signal<ErrorCode | null>(null);
  const isAnswering = signal(false);

  async function make(because: PhoneNote): Promise<void> {
    const answer = await call("POST /api/phone-codes", {});
    batch(() => {
      problem.value = answer.ok ? null : answer.code;
      note.value = because;
      view.value = null;
      code.value = answer.ok ? { id: answer.id, link: answer.link, expiresAt: answer.expiresAt } : null;
    });
  }

  async function look(shown: Code): Promise<void> {
    const answer = await call("GET /api/phone-codes/:id", {}, shown.id);
    if (code.peek() !== shown || isAnswering.peek()) return;
    if (answer.ok) {
      view.value = { state: answer.state, phoneLabel: answer.phoneLabel, number: answer.number };
      if (answer.state === "over") await make("over");
      else if (answer.state === "refused") await make("refused");
      else if (answer.state === "open" && clock.now() > shown.expiresAt - EARLY_MS) await make(null);
    } else if (answer.code === "not_found") await make("over");
    // No network: looked at again.
  }

  effect(() => {
    const shown = code.value;
    if (!shown) return;
    let cancel: () => void = () => undefined;
    let isOver = false;
    const again = () => {
      cancel = clock.after(LOOK_MS, () => {
        void look(shown).then(() => {
          if (!isOver && view.peek()?.state !== "used") again();
        });
      });
    };
    again();
    return () => {
      isOver = true;
      cancel();
    };
  });

  return {
    code,
    view,
    note,
    problem,
    isAnswering,
    show: () => make(null),
    async answer(isMine: boolean) {
      const shown = code.value;
      if (!shown || isAnswering.value) return;
      isAnswering.value = true;
      const answer = await call("POST /api/phone-codes/:id/answer", { isMine }, shown.id);
      isAnswering.value = false;
      if (!answer.ok) {
        if (answer.code === "expired" || answer.code === "not_found") await make("over");
        else problem.value = answer.code;
      } else if (!isMine) await make("refused");
      else view.value = { state: answer.state, phoneLabel: answer.phoneLabel, number: answer.number };
    },
    /** The page is left, or the person hides it. */
    hide() {
      const shown = code.value;
      const isUsed = view.value?.state === "used";
      batch(() => {
        code.value = null;
        view.value = null;
        note.value = null;
        problem.value = null;
      });
      if (shown && !isUsed) void call("POST /api/phone-codes/:id/withdraw", {}, shown.id);
    },
  };
});
