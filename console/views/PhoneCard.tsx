import { useEffect, useMemo } from "preact/hooks";
import { encode } from "uqr";
import type { Desk } from "../models/desk.ts";
import type { PhoneCode } from "../models/phone-code.ts";
import { phoneText } from "../text/apps.ts";
import { Button } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Problem } from "../ui/Problem.tsx";

/** Signs a phone in by a code on this screen; the person says here whether it is theirs. */
export function PhoneCard({ desk }: { desk: Desk }) {
  const { phoneCode, signedIn } = desk;
  useEffect(() => () => phoneCode.hide(), [phoneCode]);
  const code = phoneCode.code.value;
  const isIn = phoneCode.view.value?.state === "used";
  useEffect(() => {
    if (isIn) void signedIn.load();
  }, [isIn, signedIn]);
  return (
    <section class="card phone-card" aria-labelledby="phone-title">
      <h2 id="phone-title">{phoneText.title}</h2>
      <p class="soft small">{phoneText.lead}</p>
      <Problem code={phoneCode.problem.value} />
      {code === null ? (
        <Button icon="phone" onClick={() => void phoneCode.show()}>
          {phoneText.show}
        </Button>
      ) : (
        <Steps phoneCode={phoneCode} link={code.link} />
      )}
    </section>
  );
}

function Steps({ phoneCode, link }: { phoneCode: PhoneCode; link: string }) {
  const view = phoneCode.view.value;
  const note = phoneCode.note.value;
  const label = view?.phoneLabel ?? "";
  if (view?.state === "used") {
    return (
      <div class="phone-done" role="status">
        <p class="phone-done-title">
          <Icon name="check" size={18} />
          <strong>{phoneText.done(label)}</strong>
        </p>
        <p class="soft small">{phoneText.doneHint}</p>
        <Button onClick={() => void phoneCode.show()}>{phoneText.another}</Button>
      </div>
    );
  }
  if (view?.state === "claimed" || view?.state === "confirmed") {
    const isBusy = phoneCode.isAnswering.value || view.state === "confirmed";
    return (
      <div class="phone-ask" role="alert">
        <h3>{phoneText.isYours}</h3>
        <p>{label === "" ? phoneText.unknownPhone : label}</p>
        <p class="soft small">{phoneText.number}</p>
        <p class="phone-number">{view.number}</p>
        <p class="soft small">{phoneText.numberHint}</p>
        <div class="form-actions">
          <Button look="primary" isBusy={isBusy} onClick={() => void phoneCode.answer(true)}>
            {view.state === "confirmed" ? phoneText.waiting : phoneText.yes}
          </Button>
          <Button isDisabled={isBusy} onClick={() => void phoneCode.answer(false)}>
            {phoneText.no}
          </Button>
        </div>
      </div>
    );
  }
  return (
    <div class="phone-scan">
      <QrCode link={link} />
      <div class="phone-scan-words">
        {note && (
          <p class="phone-note" role="status">
            {phoneText[note]}
          </p>
        )}
        <p class="strong">{phoneText.scan}</p>
        <p class="soft small">{phoneText.scanHint}</p>
        <Button look="quiet" size="small" onClick={phoneCode.hide}>
          {phoneText.hide}
        </Button>
      </div>
    </div>
  );
}

/** Black on white also in the dark: cameras expect it. */
function QrCode({ link }: { link: string }) {
  const { size, path } = useMemo(() => {
    const { data, size } = encode(link, { ecc: "M", border: 2 });
    const path = data
      .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : "")))
      .join("");
    return { size, path };
  }, [link]);
  return (
    <svg
      class="qr"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={phoneText.code}
      shape-rendering="crispEdges"
    >
      <path d={path} />
    </svg>
  );
}
