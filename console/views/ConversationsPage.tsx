import { useEffect, useRef, useState } from "preact/hooks";
import type { Desk } from "../models/desk.ts";
import { pathOf } from "../models/place.ts";
import { text } from "../text.ts";
import { Button } from "../ui/Button.tsx";
import { Empty } from "../ui/Empty.tsx";
import { ConversationList } from "./ConversationList.tsx";
import { ThreadView } from "./ThreadView.tsx";
import { useKeys } from "./use-keys.ts";
import { VisitorPane } from "./VisitorPane.tsx";

/** Wide enough for list, thread and pane side by side. */
const PANE_FITS = "(min-width: 1160px)";

/** List, thread, visitor: side by side, or as pages on a phone. */
export function ConversationsPage({ desk }: { desk: Desk }) {
  const { places, board } = desk;
  const thread = desk.thread.value;
  const [isPaneOpen, setPaneOpen] = useState(() => matchMedia(PANE_FITS).matches);
  useEffect(() => board.look(), [board]);
  const leave = () => {
    if (isPaneOpen && !matchMedia(PANE_FITS).matches) setPaneOpen(false);
    else places.openConversation(null);
  };
  // Whoever leaves a thread finds the focus on its line in the list.
  const openId = places.place.value.conversationId;
  const lastId = useRef(openId);
  useEffect(() => {
    if (openId) lastId.current = openId;
    else if (lastId.current && document.activeElement === document.body) {
      const path = pathOf({ page: "conversations", conversationId: lastId.current });
      document.querySelector<HTMLElement>(`[data-row][href="${CSS.escape(path)}"]`)?.focus();
    }
  }, [openId]);
  useKeys(desk.keys, { Escape: thread ? leave : undefined, v: () => setPaneOpen(!isPaneOpen) });
  const classes = ["conversations"];
  if (thread) classes.push("conversations-deep");
  if (thread && isPaneOpen) classes.push("conversations-pane");
  return (
    <div class={classes.join(" ")}>
      <h1 class="fy-hidden">{text.conversations.title}</h1>
      <ConversationList desk={desk} />
      {thread ? (
        <ThreadView
          key={thread.conversationId.value}
          desk={desk}
          thread={thread}
          isPaneOpen={isPaneOpen}
          onPane={() => setPaneOpen(!isPaneOpen)}
          onBack={() => places.openConversation(null)}
        />
      ) : (
        <section class="thread thread-none">
          <Empty icon="chats" title={text.conversations.noneOpenTitle}>
            <p>{text.conversations.noneOpenWords}</p>
            <Button onClick={() => places.go({ page: "board", conversationId: null })}>
              {text.conversations.toBoard}
            </Button>
          </Empty>
        </section>
      )}
      {thread && isPaneOpen && (
        <aside class="side" aria-label={text.visitor.title}>
          <VisitorPane desk={desk} onClose={() => setPaneOpen(false)} />
        </aside>
      )}
    </div>
  );
}
