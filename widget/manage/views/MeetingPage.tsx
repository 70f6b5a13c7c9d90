import { useEffect, useRef } from "preact/hooks";
import { AddToCalendar } from "../../../shared/ui/AddToCalendar.tsx";
import { Booker } from "../../../shared/ui/Booker.tsx";
import { CalendarLeaf } from "../../../shared/ui/CalendarLeaf.tsx";
import { MeetingPlace } from "../../../shared/ui/MeetingPlace.tsx";
import { RepCard } from "../../../shared/ui/RepCard.tsx";
import { bookerText, manageText as text } from "../../text.ts";
import type { MeetingLinkModel } from "../models/meeting-link.ts";

/** One meeting, to look at, move or cancel. */
export function MeetingPage({ link }: { link: MeetingLinkModel }) {
  const stage = link.stage.value;
  const title = useRef<HTMLHeadingElement>(null);
  // Each step is a new page to the reader: its heading is read out.
  useEffect(() => {
    if (stage !== "loading") title.current?.focus({ preventScroll: true });
  }, [stage]);
  const heading = (words: string) => (
    <header>
      {link.company.value && <p class="sheet-company">{link.company.value.companyName}</p>}
      <h1 ref={title} tabIndex={-1}>
        {words}
      </h1>
    </header>
  );
  if (stage === "loading") return <p role="status">{text.loading}</p>;
  if (stage === "gone" || stage === "lost")
    return (
      <>
        {heading(text[stage])}
        <p>{stage === "gone" ? text.goneMore : text.lostMore}</p>
        {stage === "lost" && (
          <button type="button" class="fy-button" onClick={link.load}>
            {text.tryAgain}
          </button>
        )}
      </>
    );
  if (stage === "times" || stage === "loadingTimes" || stage === "timesLost")
    return (
      <>
        {heading(text.chooseTime)}
        <Times link={link} />
        <button type="button" class="fy-button fy-quiet" onClick={link.show}>
          {text.keep}
        </button>
      </>
    );
  return <Meeting link={link} heading={heading} />;
}

type MeetingProps = { link: MeetingLinkModel; heading: (words: string) => preact.JSX.Element };

function Meeting({ link, heading }: MeetingProps) {
  const meeting = link.meeting.value;
  const stage = link.stage.value;
  if (!meeting) return null;
  const isOff = meeting.state === "cancelled";
  const zone = link.zone.value;
  const isMoving = stage === "sureToMove";
  const startAt = isMoving ? link.wanted.value : meeting.startAt;
  const endAt = startAt + (meeting.endAt - meeting.startAt);
  const titles = { sureToCancel: text.sureToCancel, sureToMove: text.sureToMove };
  return (
    <>
      {heading(
        stage === "sureToCancel" || stage === "sureToMove"
          ? titles[stage]
          : isOff
            ? text.cancelledTitle
            : text.title,
      )}
      {stage === "shown" && (link.wasMoved.value || isOff) && (
        <p role="status">{isOff ? text.cancelled : text.moved}</p>
      )}
      {meeting.typeName && <p>{meeting.typeName}</p>}
      <CalendarLeaf startAt={startAt} endAt={endAt} zone={zone} isOff={isOff} />
      <RepCard card={meeting.host} size={52} />
      {stage === "shown" && !isOff && (
        <>
          <MeetingPlace place={meeting.place} words={bookerText.meeting} />
          <AddToCalendar meeting={meeting} words={bookerText.meeting} />
        </>
      )}
      {meeting.note && <p class="note">{meeting.note}</p>}
      {meeting.answers.length > 0 && (
        <dl class="note">
          {meeting.answers.map(({ id, label, answer }) => (
            <div key={id}>
              <dt>{label}</dt>
              <dd>{answer}</dd>
            </div>
          ))}
        </dl>
      )}
      <div class="buttons">
        {stage === "sureToCancel" && (
          <Choice
            yes={text.yesCancel}
            no={text.keep}
            isWorking={link.isWorking.value}
            onYes={link.cancel}
            onNo={link.show}
          />
        )}
        {isMoving && (
          <Choice
            yes={text.yesMove}
            no={text.otherTime}
            isWorking={link.isWorking.value}
            onYes={link.move}
            onNo={link.backToTimes}
          />
        )}
        {stage === "shown" && !isOff && (
          <Choice
            yes={text.move}
            no={text.cancel}
            isWorking={false}
            onYes={link.loadTimes}
            onNo={link.askToCancel}
          />
        )}
      </div>
    </>
  );
}

type ChoiceProps = { yes: string; no: string; isWorking: boolean; onYes: () => void; onNo: () => void };

function Choice({ yes, no, isWorking, onYes, onNo }: ChoiceProps) {
  return (
    <>
      <button type="button" class="fy-button" disabled={isWorking} onClick={onYes}>
        {isWorking ? text.working : yes}
      </button>
      <button type="button" class="fy-button fy-quiet" disabled={isWorking} onClick={onNo}>
        {no}
      </button>
    </>
  );
}

function Times({ link }: { link: MeetingLinkModel }) {
  const stage = link.stage.value;
  return (
    <Booker
      step={
        stage === "loadingTimes"
          ? { kind: "loading", isSlow: false }
          : { kind: stage === "times" ? "times" : "failed" }
      }
      problem={link.problem.value}
      hosts={[]}
      host="any"
      canChooseHost={false}
      type={null}
      noTimes={link.noTimes.value}
      near={link.near.value}
      slots={link.slots.value}
      durationMinutes={link.durationMinutes.value}
      day={link.day.value}
      zone={link.zone.value}
      zones={Intl.supportedValuesOf?.("timeZone") ?? []}
      now={Date.now()}
      words={bookerText}
      onHost={() => undefined}
      onDuration={() => undefined}
      onDraft={() => undefined}
      onZone={link.chooseZone}
      onDay={link.chooseDay}
      onTime={link.chooseTime}
      onBack={link.show}
      onBook={() => undefined}
      onRetry={link.loadTimes}
    />
  );
}
