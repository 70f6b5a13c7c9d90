import { useRef, useState } from "preact/hooks";
import type { Desk } from "../models/desk.ts";
import { nameOf } from "../models/team.ts";
import type { OpenThread } from "../models/thread.ts";
import { text } from "../text.ts";
import { Button } from "../ui/Button.tsx";
import { Empty } from "../ui/Empty.tsx";
import { VisitorFace } from "../ui/VisitorFace.tsx";
import { visitorName } from "../visitor-text.ts";
import { CloseDialog } from "./CloseDialog.tsx";
import { Composer, type ComposerHandle } from "./Composer.tsx";
import { HandOverDialog } from "./HandOverDialog.tsx";
import { OfferMeetingDialog } from "./OfferMeetingDialog.tsx";
import { ThreadLog } from "./ThreadLog.tsx";
import { UnsentList } from "./UnsentList.tsx";
import { useKeys } from "./use-keys.ts";
import { WhyDialog } from "./WhyDialog.tsx";

type ThreadViewProps = {
  desk: Desk;
  thread: OpenThread;
  isPaneOpen: boolean;
  onPane: () => void;
  onBack: () => void;
};
type Box = "hand-over" | "meeting" | "close" | "why";

/** One conversation: who it is with, what was said, and what to do next. */
export function ThreadView({ desk, thread, isPaneOpen, onPane, onBack }: ThreadViewProps) {
  const [box, setBox] = useState<Box | null>(null);
  const composer = useRef<ComposerHandle>(null);
  const state = thread.state.value;
  const held = thread.thread.value;
  const id = thread.conversationId.value;
  const isOwner = thread.isOwner.value && held?.isOpen === true;
  const canTake = held?.isOpen === true && held.ownerId === null;
  const who = whoIn(desk, thread);
  const open = (next: Box) => () => {
    if (next === "why") void thread.loadWhy();
    setBox(next);
  };
  const take = () => void thread.takeOver();
  useKeys(desk.keys, {
    r: () => composer.current?.focus("message"),
    n: () => composer.current?.focus("note"),
    m: isOwner ? open("meeting") : undefined,
    h: isOwner ? open("hand-over") : undefined,
    e: isOwner ? open("close") : undefined,
    t: canTake ? take : undefined,
    w: held ? open("why") : undefined,
  });

  return (
    <section
      class="thread"
      aria-label={text.thread.with(who.inText)}
      style={{ "--note-word": JSON.stringify(text.thread.noteMark) }}
    >
      <header class="thread-head">
        <Button look="quiet" icon="back" label={text.common.back} class="thread-back" onClick={onBack} />
        <VisitorFace
          visitor={{ id: thread.visitorId.value ?? id, name: who.known }}
          size={34}
          isOnline={who.isOnline}
        />
        <div class="thread-who">
          <h2 class="cut">{who.name}</h2>
          <p class="soft small cut">{who.isOnline ? text.thread.online : text.thread.offline}</p>
        </div>
        <div class="thread-tools">
          {held && (
            <Button
              look="quiet"
              icon="why"
              label={text.thread.why}
              hint={text.thread.hints.why}
              keys="W"
              hasPopup="dialog"
              onClick={open("why")}
            >
              <span class="tool-word">{text.thread.why}</span>
            </Button>
          )}
          {isOwner && (
            <>
              <Button
                look="quiet"
                icon="handover"
                label={text.thread.handOver}
                keys="H"
                hasPopup="dialog"
                onClick={open("hand-over")}
              >
                <span class="tool-word">{text.thread.handOver}</span>
              </Button>
              <Button
                look="quiet"
                icon="check"
                label={text.thread.close}
                hint={text.thread.hints.close}
                keys="E"
                hasPopup="dialog"
                onClick={open("close")}
              >
                <span class="tool-word">{text.thread.close}</span>
              </Button>
            </>
          )}
          <Button
            look="quiet"
            icon="pane"
            label={text.thread.pane}
            keys="V"
            isPressed={isPaneOpen}
            onClick={onPane}
          />
        </div>
      </header>
      {held ? (
        <>
          <ThreadLog desk={desk} thread={thread} who={who.inText} />
          <UnsentList
            thread={thread}
            onBackToDraft={(words) => {
              desk.drafts.write(id, "message", words);
              composer.current?.focus("message");
            }}
          />
          {thread.problem.value && (
            <p class="problem-line thread-problem" role="alert">
              {text.errors[thread.problem.value]}
            </p>
          )}
          {!isOwner && <Ownership desk={desk} thread={thread} onTake={take} />}
          <Composer
            ref={composer}
            desk={desk}
            thread={thread}
            who={who.inText}
            canReply={isOwner}
            onMeeting={open("meeting")}
          />
        </>
      ) : state === "missing" ? (
        <Empty icon="chats" title={text.thread.missing} />
      ) : state === "failed" ? (
        <Empty icon="warning" title={text.errors.unavailable}>
          <Button onClick={() => thread.retry()}>{text.common.tryAgain}</Button>
        </Empty>
      ) : (
        <div class="thread-wait soft" aria-busy="true">
          {text.thread.loading}
        </div>
      )}
      {box === "hand-over" && <HandOverDialog desk={desk} thread={thread} onClose={() => setBox(null)} />}
      {box === "meeting" && <OfferMeetingDialog desk={desk} thread={thread} onClose={() => setBox(null)} />}
      {box === "close" && <CloseDialog thread={thread} onClose={() => setBox(null)} />}
      {box === "why" && <WhyDialog desk={desk} thread={thread} onClose={() => setBox(null)} />}
    </section>
  );
}

/** What is known of the visitor's name: from the pane's profile, else from the list. */
function whoIn(desk: Desk, thread: OpenThread) {
  const visitorId = thread.visitorId.value;
  const profile = desk.profile.profile.value;
  const line = desk.conversations.lines.value.get(thread.conversationId.value);
  const fresh = profile?.id === visitorId ? profile : null;
  const known = fresh?.name ?? line?.visitor.name ?? null;
  const email = fresh?.email ?? line?.visitor.email ?? null;
  const isOnline = fresh ? fresh.state !== "left" : (line?.visitor.isOnline ?? false);
  const name = visitorName({ name: known, email, zone: fresh?.zone ?? null });
  return { name, inText: known ?? email ?? text.common.theVisitor, known, isOnline };
}

function Ownership({ desk, thread, onTake }: { desk: Desk; thread: OpenThread; onTake: () => void }) {
  const held = thread.thread.value;
  if (!held) return null;
  if (!held.isOpen) return <p class="ownership">{text.thread.closed}</p>;
  const owner = nameOf(desk.team, held.ownerId);
  const isFinding = thread.request.value?.state === "finding";
  return (
    <div class="ownership">
      <p>
        {held.ownerId
          ? text.thread.ownedBy(owner ?? text.common.somebody)
          : isFinding
            ? text.thread.finding
            : text.thread.unowned}
      </p>
      {!held.ownerId && desk.session.value.member.role !== "meetings_only" && (
        <Button look="primary" size="small" keys="T" onClick={onTake}>
          {text.thread.take}
        </Button>
      )}
    </div>
  );
}
