import type { ComponentChildren } from "preact";
import type { ConversationId } from "../../shared/model/ids.ts";
import type { VisitorProfile } from "../../shared/protocol/rep-events.ts";
import type { Desk } from "../models/desk.ts";
import { nameOf } from "../models/team.ts";
import { text } from "../text.ts";
import { agoText, clockTime, dayTime, durationText, shortDay, zoneText } from "../time-text.ts";
import { Button } from "../ui/Button.tsx";
import { VisitorFace } from "../ui/VisitorFace.tsx";
import { languageName, pageTitle, safeHref, visitorName } from "../visitor-text.ts";

type VisitorPaneProps = { desk: Desk; onClose: () => void; onGreet?: () => void };

/** Who the visitor is, what they have looked at, and what was said before. */
export function VisitorPane({ desk, onClose, onGreet }: VisitorPaneProps) {
  const profile = desk.profile.profile.value;
  const state = desk.profile.state.value;
  return (
    <div class="pane">
      <div class="pane-close">
        <Button look="quiet" size="small" icon="close" label={text.common.close} onClick={onClose} />
      </div>
      {profile ? (
        <Profile desk={desk} profile={profile} onGreet={onGreet} />
      ) : state === "missing" || state === "failed" ? (
        <div class="pane-wait">
          <p class="soft">{state === "missing" ? text.visitor.missing : text.errors.unavailable}</p>
          {state === "failed" && <Button onClick={desk.profile.retry}>{text.common.tryAgain}</Button>}
        </div>
      ) : (
        <div class="pane-wait soft" aria-busy="true">
          {text.visitor.loading}
        </div>
      )}
    </div>
  );
}

type ProfileProps = { desk: Desk; profile: VisitorProfile; onGreet: (() => void) | undefined };

function Profile({ desk, profile, onGreet }: ProfileProps) {
  const now = desk.ticker.slowNow.value;
  const isHere = profile.state !== "left";
  const owner = nameOf(desk.team, profile.ownerId);
  return (
    <>
      <header class="pane-head">
        <VisitorFace visitor={profile} size={52} isOnline={isHere} />
        <h2 class="pane-name">{visitorName(profile)}</h2>
        <p class="soft small">
          <span class={`state-dot state-${profile.state}`} /> {text.board.states[profile.state]}
          {profile.state === "chatting" && owner && ` ${text.board.withWhom(owner)}`}
          {isHere
            ? ` · ${durationText(Math.max(now, profile.seenAt) - profile.startedAt)}`
            : ` · ${text.visitor.lastSeen} ${dayTime(profile.seenAt)}`}
        </p>
      </header>
      {onGreet && (
        <div class="pane-action">
          {profile.conversationId ? (
            <Button
              look="primary"
              icon="chats"
              onClick={() => desk.places.openConversation(profile.conversationId as ConversationId)}
            >
              {text.board.open}
            </Button>
          ) : (
            isHere && (
              <Button look="primary" icon="send" hasPopup="dialog" onClick={onGreet}>
                {text.board.greet}
              </Button>
            )
          )}
        </div>
      )}
      <section class="pane-part">
        <h3>{isHere ? text.visitor.now : text.visitor.pages}</h3>
        <Pages profile={profile} />
      </section>
      <section class="pane-part">
        <h3>{text.visitor.about}</h3>
        <dl class="facts">
          <Line label={text.visitor.email}>
            {profile.email ? <a href={`mailto:${profile.email}`}>{profile.email}</a> : text.visitor.noEmail}
          </Line>
          <Line label={text.visitor.localTime}>
            {profile.zone ? <LocalTime desk={desk} zone={profile.zone} /> : text.visitor.unknown}
          </Line>
          <Line label={text.visitor.source}>{profile.source || text.board.direct}</Line>
          <Line label={text.visitor.device}>
            {profile.device.browser}, {profile.device.os}
          </Line>
          <Line label={text.visitor.language}>
            {profile.language ? languageName(profile.language, "en") : text.visitor.unknown}
          </Line>
          <Line label={text.visitor.firstSeen}>{dayTime(profile.firstSeenAt)}</Line>
          <Line label={text.visitor.visits}>{profile.visits}</Line>
        </dl>
      </section>
      <section class="pane-part">
        <h3>{text.visitor.earlier}</h3>
        <Earlier desk={desk} profile={profile} />
      </section>
    </>
  );
}

function Line({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function LocalTime({ desk, zone }: { desk: Desk; zone: string }) {
  const now = desk.ticker.slowNow.value;
  return (
    <>
      {clockTime(now, zone)} <span class="soft">{zoneText(zone, now)}</span>
    </>
  );
}

/** The pages of the visit, latest first. */
function Pages({ profile }: { profile: VisitorProfile }) {
  const pages = profile.visitPages.length > 0 ? profile.visitPages : profile.trail;
  return (
    <ol class="pages">
      {[...pages].reverse().map((page) => {
        const href = safeHref(page.url);
        const title = pageTitle(page);
        return (
          <li key={`${page.at} ${page.url}`}>
            {href ? (
              <a href={href} target="_blank" rel="noopener noreferrer nofollow" class="cut" title={page.url}>
                {title}
              </a>
            ) : (
              <span class="cut">{title}</span>
            )}
            <time class="soft small" dateTime={new Date(page.at).toISOString()}>
              {clockTime(page.at)}
            </time>
          </li>
        );
      })}
    </ol>
  );
}

function Earlier({ desk, profile }: { desk: Desk; profile: VisitorProfile }) {
  const open = desk.places.place.value.conversationId;
  const earlier = profile.earlier.filter((one) => one.id !== open);
  if (earlier.length === 0) return <p class="soft small">{text.visitor.noEarlier}</p>;
  return (
    <ul class="earlier">
      {earlier.map((one) => (
        <li key={one.id}>
          <button type="button" onClick={() => desk.places.openConversation(one.id)}>
            <span class="cut">{one.preview ?? text.visitor.noWords}</span>
            <span class="soft small">
              {shortDay(one.createdAt)} · {one.closedAt ? text.visitor.closed : text.visitor.open}
              <span class="fy-hidden"> {agoText(one.createdAt, desk.ticker.slowNow.value)}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
