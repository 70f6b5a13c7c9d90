import type { ComponentChildren } from "preact";
import { Booker } from "../../../shared/ui/Booker.tsx";
import { bookerText as text } from "../../text.ts";
import type { BookingModel } from "../models/booking.ts";

type BookingProps = {
  booking: BookingModel;
  now: number;
  onWrite?: (() => void) | undefined;
  children?: ComponentChildren;
};

/** The booker over its model. */
export function Booking({ booking, now, onWrite, children }: BookingProps) {
  return (
    <Booker
      step={booking.step.value}
      problem={booking.problem.value}
      hosts={booking.hosts.value}
      host={booking.host.value}
      canChooseHost={booking.canChooseHost.value}
      type={booking.type.value}
      slots={booking.slots.value}
      noTimes={booking.noTimes.value}
      near={booking.near.value}
      durationMinutes={booking.durationMinutes.value}
      day={booking.day.value}
      zone={booking.zone.value}
      zones={Intl.supportedValuesOf?.("timeZone") ?? []}
      now={now}
      words={text}
      onHost={booking.chooseHost}
      onDuration={booking.chooseDuration}
      onZone={booking.chooseZone}
      onDay={booking.chooseDay}
      onTime={booking.chooseTime}
      onBack={booking.back}
      onDraft={booking.write}
      onBook={booking.book}
      onRetry={booking.reload}
      onWrite={onWrite}
    >
      {children}
    </Booker>
  );
}
