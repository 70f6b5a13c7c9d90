import { AddToCalendar } from "../../../shared/ui/AddToCalendar.tsx";
import { Avatar } from "../../../shared/ui/Avatar.tsx";
import { Booking } from "../../frame/views/Booking.tsx";
import { bookerText, bookText as text } from "../../text.ts";
import type { BookingPage } from "../booking-page-api.ts";
import type { BookPageModel } from "../models/book-page.ts";

/** The whole page: what is booked on one side, the booking on the other. */
export function BookPage({ page }: { page: BookPageModel }) {
  const stage = page.stage.value;
  const known = page.page.value;
  const booking = page.booking.value;
  if (stage === "loading")
    return (
      <Sheet>
        <p role="status">{text.loading}</p>
      </Sheet>
    );
  if (stage !== "shown" || !known || !booking)
    return (
      <Sheet>
        <h1>{stage === "gone" ? text.gone : text.lost}</h1>
        <p>{stage === "gone" ? text.goneMore : text.lostMore}</p>
        {stage !== "gone" && (
          <button type="button" class="fy-button" onClick={page.load}>
            {text.tryAgain}
          </button>
        )}
      </Sheet>
    );
  const step = booking.step.value;
  return (
    <Sheet isWide>
      <About page={known} />
      <Booking booking={booking} now={Date.now()}>
        {step.kind === "booked" && <AddToCalendar meeting={step.meeting} words={bookerText.meeting} />}
      </Booking>
    </Sheet>
  );
}

function Sheet({ isWide, children }: { isWide?: boolean; children: preact.ComponentChildren }) {
  return (
    <main class="page">
      <div class={isWide ? "sheet book-sheet" : "sheet"}>{children}</div>
    </main>
  );
}

/** Whose page it is, what is booked, how long it takes, where it is held, and who may come. */
function About({ page: { company, type, hosts } }: { page: BookingPage }) {
  const place = type.place === "none" ? null : text.places[type.place];
  const faces = hosts.slice(0, 5);
  const names = hosts.length > 3 ? null : hosts.map(({ firstName, lastName }) => `${firstName} ${lastName}`);
  return (
    <header class="about">
      <p class="sheet-company">
        {company.logoUrl && <img src={company.logoUrl} alt="" height={28} />}
        {company.companyName}
      </p>
      <h1>{type.name}</h1>
      {hosts.length > 0 && (
        <div class="about-hosts">
          <span class="fy-faces">
            {faces.map((card) => (
              <Avatar key={card.id} card={card} size={40} />
            ))}
          </span>
          <span>
            {names?.join(", ")}
            {type.hosting === "collective" && hosts.length > 1 && <small>{text.together}</small>}
          </span>
        </div>
      )}
      <ul class="about-facts">
        {/* Several are a choice, and stand there. */}
        {type.durations.length === 1 && <li>{text.minutes(type.durations[0] ?? 0)}</li>}
        {place && <li>{place}</li>}
      </ul>
      {type.description && <p class="about-words">{type.description}</p>}
    </header>
  );
}
