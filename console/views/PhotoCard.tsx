import { useEffect, useRef, useState } from "preact/hooks";
import { Avatar } from "../../shared/ui/Avatar.tsx";
import type { Desk } from "../models/desk.ts";
import type { PhotoTrouble } from "../models/me.ts";
import { profileText as text } from "../text/profile.ts";
import { text as consoleText } from "../text.ts";
import { Button } from "../ui/Button.tsx";
import { CropDialog } from "./CropDialog.tsx";

type Opened = { file: Blob; bitmap: ImageBitmap };

/** As the server sets it. */
const mostPixels = 25_000_000;
/** What a picture of more is drawn as: plenty for a face. */
const enoughPixels = 12_000_000;

/** Phones make pictures of more pixels than the server takes: those are drawn smaller here first. */
async function withinLimit(file: Blob, bitmap: ImageBitmap): Promise<Opened | null> {
  const pixels = bitmap.width * bitmap.height;
  if (pixels <= mostPixels) return { file, bitmap };
  const scale = Math.sqrt(enoughPixels / pixels);
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  const drawn = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.92));
  return drawn && { file: drawn, bitmap: await createImageBitmap(drawn) };
}

/** Choose, drop or paste a picture; it is cut in a dialog and saved at once. */
export function PhotoCard({ desk }: { desk: Desk }) {
  const { me } = desk;
  const input = useRef<HTMLInputElement>(null);
  const [opened, setOpened] = useState<Opened | null>(null);
  const [isOver, setOver] = useState(false);

  const open = async (file: Blob | null | undefined) => {
    if (!file) return;
    const wrong = me.check(file);
    me.complain(wrong);
    if (wrong) return;
    const bitmap = await createImageBitmap(file).catch(() => null);
    const fitting = bitmap && (await withinLimit(file, bitmap));
    if (fitting) setOpened(fitting);
    else me.complain(bitmap ? "too_many_pixels" : "broken");
  };
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const file = [...(event.clipboardData?.files ?? [])][0];
      if (!file) return;
      event.preventDefault();
      void open(file);
    };
    document.addEventListener("paste", paste);
    return () => document.removeEventListener("paste", paste);
  });
  useEffect(() => () => opened?.bitmap.close(), [opened]);

  const card = me.card.value;
  const trouble = me.trouble.value;
  const hasPhoto = card?.photoUrl != null;
  return (
    <section
      class={isOver ? "card photo-card photo-card-over" : "card photo-card"}
      aria-label={text.photo.title}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        void open(event.dataTransfer?.files[0]);
      }}
    >
      {card && <Avatar card={card} size={88} />}
      <div class="photo-words">
        <h2>{text.photo.title}</h2>
        <p class="soft small">{isOver ? text.photo.dropNow : `${text.photo.lead} ${text.photo.drop}`}</p>
        <div class="photo-tools">
          <Button isBusy={me.isUploading.value} onClick={() => input.current?.click()}>
            {hasPhoto ? text.photo.change : text.photo.choose}
          </Button>
          {hasPhoto && (
            <Button
              look="quiet"
              isDisabled={me.isUploading.value}
              onClick={() => void me.removePhoto().then((ok) => ok && desk.notices.say(text.photo.removed))}
            >
              {text.photo.remove}
            </Button>
          )}
        </div>
        <p class="field-problem" role="alert">
          {opened ? "" : troubleText(trouble)}
        </p>
      </div>
      <input
        ref={input}
        class="fy-hidden"
        type="file"
        accept="image/jpeg,image/png"
        tabIndex={-1}
        aria-label={text.photo.choose}
        onChange={(event) => {
          const field = event.currentTarget;
          void open(field.files?.[0]);
          field.value = "";
        }}
      />
      {opened && (
        <CropDialog
          bitmap={opened.bitmap}
          isBusy={me.isUploading.value}
          problem={troubleText(trouble)}
          onAnother={() => input.current?.click()}
          onClose={() => setOpened(null)}
          onUse={async (crop) => {
            if (!(await me.uploadPhoto(opened.file, crop))) return;
            setOpened(null);
            desk.notices.say(text.photo.saved);
            void desk.setUp.load();
          }}
        />
      )}
    </section>
  );
}

function troubleText(trouble: PhotoTrouble | null): string {
  if (trouble === null) return "";
  return "photo" in trouble ? text.photo.problems[trouble.photo] : consoleText.errors[trouble.code];
}
