import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Author, Marks } from "../model/facts.ts";
import type { ClientId, Instant } from "../model/ids.ts";
import type { RepCard } from "../model/people.ts";
import { Avatar } from "./Avatar.tsx";
import { type ListedFact, listItems, type MessageItem, type PendingMessage } from "./list-items.ts";
import { isEmojiOnly, MessageText } from "./MessageText.tsx";

export type ListWords = {
  /** The list's name for a screen reader. */
  label: string;
  today: string;
  yesterday: string;
  earlier: string;
  retry: string;
  discard: string;
  states: Record<NonNullable<MessageItem["state"]>, string>;
};

export type MessageListProps = {
  facts: readonly ListedFact[];
  pending: readonly PendingMessage[];
  /** Whose screen this is; that side's messages stand at the end of the line. */
  side: "visitor" | "rep";
  marks: Marks;
  /** The face beside a run of messages and the name above it; null shows neither. */
  face: (by: Author) => Pick<RepCard, "firstName" | "lastName" | "photoUrl"> | null;
  /** What a fact other than a message looks like: a sentence, a card, or null for nothing. */
  event: (fact: ListedFact) => ComponentChildren;
  words: ListWords;
  /** Instants are told in this zone and language; the browser's if left out. */
  zone?: string | undefined;
  locale?: string | undefined;
  now: Instant;
  hasEarlier: boolean;
  isLoadingEarlier: boolean;
  onEarlier: () => void;
  onRetry: (id: ClientId) => void;
  onDiscard: (id: ClientId) => void;
  /** Above the first line: who one talks to, a greeting. */
  children?: ComponentChildren;
  /** Below the last line: who is typing, what happens next. */
  after?: ComponentChildren;
};

const NEAR_END_PX = 80;

/** The conversation as a scrolling log that stays at its end unless the reader has scrolled up. */
export function MessageList(props: MessageListProps) {
  const { words, zone, locale, now } = props;
  const list = useRef<HTMLDivElement>(null);
  const place = useRef({ atEnd: true, height: 0, firstKey: "", lastKey: "" });

  const dayFormat = new Intl.DateTimeFormat(locale, {
    weekday: "long",
    day: "numeric",
    month: "long",
    timeZone: zone,
  });
  const timeFormat = new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit", timeZone: zone });
  const dayOf = (at: Instant) => dayFormat.format(at);
  const items = listItems(props.facts, props.pending, props.side, props.marks, dayOf);
  const firstKey = items.find((item) => item.kind !== "day")?.key ?? "";
  const last = items.at(-1);
  const newest = items.findLast((item): item is MessageItem => item.kind === "message");

  useLayoutEffect(() => {
    const node = list.current;
    if (!node) return;
    const was = place.current;
    const isPrepended = was.firstKey !== "" && was.firstKey !== firstKey && was.lastKey === (last?.key ?? "");
    const isOwnNew = was.lastKey !== last?.key && last?.kind === "message" && last.isOwn;
    if (isPrepended) node.scrollTop += node.scrollHeight - was.height;
    else if (was.atEnd || isOwnNew) node.scrollTop = node.scrollHeight;
    place.current = { ...was, height: node.scrollHeight, firstKey, lastKey: last?.key ?? "" };
  });
  // A keyboard that opens, or a composer that grows, takes room from the list: the end stays in view.
  useLayoutEffect(() => {
    const node = list.current;
    if (!node || typeof ResizeObserver === "undefined") return;
    const observer = new ResizeObserver(() => {
      if (place.current.atEnd) node.scrollTop = node.scrollHeight;
    });
    observer.observe(node);
    return () => observer.disconnect();
  }, []);
  const onScroll = () => {
    const node = list.current;
    if (node) place.current.atEnd = node.scrollHeight - node.scrollTop - node.clientHeight < NEAR_END_PX;
  };

  const dayLabel = (at: Instant) => {
    const day = dayOf(at);
    if (day === dayOf(now)) return words.today;
    return day === dayOf(now - 86_400_000) ? words.yesterday : day;
  };

  return (
    <div
      class="fy-list"
      ref={list}
      onScroll={onScroll}
      role="log"
      aria-live="off"
      aria-label={words.label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
    >
      {props.children}
      {props.hasEarlier && (
        <button type="button" class="fy-earlier" disabled={props.isLoadingEarlier} onClick={props.onEarlier}>
          {words.earlier}
        </button>
      )}
      {items.map((item) => {
        if (item.kind === "day")
          return (
            <div key={item.key} class="fy-day">
              {dayLabel(item.at)}
            </div>
          );
        if (item.kind === "event") {
          const shown = props.event(item.fact);
          return shown ? (
            <div key={item.key} class="fy-event">
              {shown}
            </div>
          ) : null;
        }
        return (
          <Bubble
            key={item.key}
            item={item}
            list={props}
            time={timeFormat.format(item.at)}
            face={props.face(item.by)}
          />
        );
      })}
      {props.after}
      {/* Only what the other side says is read out; the reader knows what they wrote themselves. */}
      <div class="fy-hidden" aria-live="polite">
        {newest && !newest.isOwn && newest.text}
      </div>
    </div>
  );
}

type BubbleProps = {
  item: MessageItem;
  list: MessageListProps;
  time: string;
  face: ReturnType<MessageListProps["face"]>;
};

function Bubble({ item, list, time, face }: BubbleProps) {
  const { words } = list;
  const { state, pending } = item;
  const classes = ["fy-line", item.isOwn ? "fy-own" : "fy-other"];
  if (item.isFirst) classes.push("fy-first");
  if (item.isLast) classes.push("fy-last");
  if (item.isNote) classes.push("fy-note");
  if (state) classes.push(`fy-is-${state}`);
  return (
    <div class={classes.join(" ")}>
      {face && item.isFirst && (
        <div class="fy-author">
          {face.firstName} {face.lastName}
        </div>
      )}
      <div class="fy-row">
        {face && <div class="fy-beside">{item.isLast && <Avatar card={face} size={28} />}</div>}
        <div class={isEmojiOnly(item.text) ? "fy-bubble fy-emoji" : "fy-bubble"} dir="auto">
          <MessageText text={item.text} />
        </div>
      </div>
      {(item.isLast || state) && (
        <div class="fy-meta">
          {item.isLast && <time dateTime={new Date(item.at).toISOString()}>{time}</time>}
          {state && <span class="fy-state">{words.states[state]}</span>}
          {state === "failed" && pending && (
            <>
              <button type="button" onClick={() => list.onRetry(pending.clientId)}>
                {words.retry}
              </button>
              <button type="button" onClick={() => list.onDiscard(pending.clientId)}>
                {words.discard}
              </button>
            </>
          )}
        </div>
      )}
    </div>
  );
}
