import { useEffect, useRef } from "preact/hooks";
import { chatText as text } from "../../text.ts";
import type { FrameHost } from "../host.ts";
import type { ChatModel } from "../models/chat.ts";
import { BookView } from "./BookView.tsx";
import { Conversation } from "./Conversation.tsx";
import { Header } from "./Header.tsx";

type PanelProps = { chat: ChatModel; host: FrameHost };

/** The whole panel. */
export function Panel({ chat, host }: PanelProps) {
  const panel = useRef<HTMLElement>(null);
  const view = chat.view.value;
  const isOpen = chat.isOpen.value;
  const close = host.isWholePage ? null : () => host.post({ type: "closed" });
  useEffect(() => {
    if (!isOpen) return;
    // A phone's keyboard would cover half of what the visitor came to see.
    const isTyping = view.kind === "chat" && !matchMedia("(pointer: coarse)").matches;
    const find = (selector: string) => panel.current?.querySelector<HTMLElement>(selector);
    ((isTyping && find("textarea")) || find("h1"))?.focus();
  }, [isOpen, view.kind]);
  return (
    <main
      class="panel"
      ref={panel}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.isComposing) return;
        if (view.kind === "book") chat.back();
        else close?.();
      }}
    >
      <Header chat={chat} company={host.look.companyName} onClose={close} />
      {chat.connection.isLost.value && (
        <div class="banner" role="status">
          {text.lost}
        </div>
      )}
      {view.kind === "book" ? (
        <BookView chat={chat} host={host} choice={view.host} />
      ) : (
        <Conversation
          chat={chat}
          draft={{
            get: () => host.kept.get("draft") ?? "",
            set: (words) => host.kept.set("draft", words || null),
          }}
        />
      )}
    </main>
  );
}
