import { useEffect, useRef, useState } from "preact/hooks";
import type { PhotoCrop } from "../../shared/protocol/profile-routes.ts";
import {
  type CropView,
  cropOf,
  farthestZoom,
  isTooSmall,
  moveView,
  sideOf,
  startView,
  zoomView,
} from "../models/crop.ts";
import { profileText as text } from "../text/profile.ts";
import { text as consoleText } from "../text.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Icon } from "../ui/Icon.tsx";

type CropDialogProps = {
  bitmap: ImageBitmap;
  isBusy: boolean;
  problem: string;
  onAnother: () => void;
  onClose: () => void;
  onUse: (crop: PhotoCrop) => void;
};

/** Pixels of the drawings; twice what is shown, for sharp screens. */
const stagePixels = 640;
const smallPixels = 112;
/** One press of a key: this part of the square, this factor. */
const keyStep = 0.04;
const keyZoom = 1.1;

/** The picture under a round window: moved by hand, finger, wheel or keys. */
export function CropDialog({ bitmap, isBusy, problem, onAnother, onClose, onUse }: CropDialogProps) {
  const [view, setView] = useState<CropView>(() => startView(bitmap));
  const fingers = useRef(new Map<number, { x: number; y: number }>());
  useEffect(() => setView(startView(bitmap)), [bitmap]);
  const crop = cropOf(view, bitmap);
  const zoomTo = (zoom: number, about?: { x: number; y: number }) =>
    setView((seen) => zoomView(seen, bitmap, zoom, about));
  const moveBy = (x: number, y: number) =>
    setView((seen) => {
      const side = sideOf(seen, bitmap);
      return moveView(seen, bitmap, { x: x * side, y: y * side });
    });
  const place = (stage: HTMLElement, event: { clientX: number; clientY: number }) => {
    const box = stage.getBoundingClientRect();
    return {
      x: (event.clientX - box.left) / box.width - 0.5,
      y: (event.clientY - box.top) / box.height - 0.5,
    };
  };

  const drag = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    const before = fingers.current.get(event.pointerId);
    if (!before) return;
    const now = place(event.currentTarget, event);
    const others = [...fingers.current].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
    fingers.current.set(event.pointerId, now);
    const other = others[0];
    if (!other) {
      moveBy(before.x - now.x, before.y - now.y);
      return;
    }
    // Two fingers: their distance zooms about their middle, which moves along.
    const apart = (a: typeof now) => Math.hypot(a.x - other.x, a.y - other.y);
    const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
    moveBy((before.x - now.x) / 2, (before.y - now.y) / 2);
    if (apart(before) > 0.02)
      setView((seen) => zoomView(seen, bitmap, (seen.zoom * apart(now)) / apart(before), middle));
  };
  const press = (event: KeyboardEvent) => {
    const moves: Record<string, [number, number]> = {
      ArrowLeft: [-keyStep, 0],
      ArrowRight: [keyStep, 0],
      ArrowUp: [0, -keyStep],
      ArrowDown: [0, keyStep],
    };
    const by = moves[event.key];
    if (by) moveBy(...by);
    else if (event.key === "+" || event.key === "=") zoomTo(view.zoom * keyZoom);
    else if (event.key === "-") zoomTo(view.zoom / keyZoom);
    else return;
    event.preventDefault();
  };

  return (
    <Dialog
      title={text.crop.title}
      onClose={onClose}
      actions={
        <>
          <Button look="quiet" class="crop-another" isDisabled={isBusy} onClick={onAnother}>
            {text.crop.another}
          </Button>
          <Button isDisabled={isBusy} onClick={onClose}>
            {consoleText.common.cancel}
          </Button>
          <Button look="primary" isBusy={isBusy} onClick={() => onUse(crop)}>
            {text.crop.use}
          </Button>
        </>
      }
    >
      <div
        class="crop-stage"
        role="application"
        aria-label={text.crop.stage}
        aria-describedby="crop-hint"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: keys move and zoom it
        tabIndex={0}
        autofocus
        onKeyDown={press}
        onWheel={(event) => {
          event.preventDefault();
          zoomTo(view.zoom * Math.exp(-event.deltaY / 400), place(event.currentTarget, event));
        }}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          fingers.current.set(event.pointerId, place(event.currentTarget, event));
        }}
        onPointerMove={drag}
        onPointerUp={(event) => fingers.current.delete(event.pointerId)}
        onPointerCancel={(event) => fingers.current.delete(event.pointerId)}
      >
        <Drawing bitmap={bitmap} crop={crop} pixels={stagePixels} />
        <span class="crop-shade" aria-hidden="true" />
      </div>
      <div class="crop-row">
        <Button
          look="quiet"
          label={text.crop.farther}
          icon="minus"
          isDisabled={view.zoom <= 1}
          onClick={() => zoomTo(view.zoom / 1.25)}
        />
        <input
          class="crop-zoom"
          type="range"
          aria-label={text.crop.zoom}
          min={0}
          max={1}
          step={0.01}
          value={Math.log(view.zoom) / Math.log(Math.max(farthestZoom(bitmap), 1.0001))}
          onInput={(event) => zoomTo(farthestZoom(bitmap) ** Number(event.currentTarget.value))}
        />
        <Button
          look="quiet"
          label={text.crop.nearer}
          icon="plus"
          isDisabled={view.zoom >= farthestZoom(bitmap)}
          onClick={() => zoomTo(view.zoom * 1.25)}
        />
        <span class="crop-small" title={text.crop.small}>
          <Drawing bitmap={bitmap} crop={crop} pixels={smallPixels} />
          <Drawing bitmap={bitmap} crop={crop} pixels={smallPixels} />
        </span>
      </div>
      {isTooSmall(bitmap) && (
        <p class="gate-warning gate-warning-strong" role="status">
          <Icon name="warning" size={17} />
          <span>{text.crop.tooSmall(bitmap.width, bitmap.height)}</span>
        </p>
      )}
      <p class="soft small" id="crop-hint">
        {text.crop.hint}
      </p>
      <p class="field-problem" role="alert">
        {problem}
      </p>
    </Dialog>
  );
}

function Drawing({ bitmap, crop, pixels }: { bitmap: ImageBitmap; crop: PhotoCrop; pixels: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    context.imageSmoothingQuality = "high";
    context.fillStyle = "#fff"; // What shines through is white on the server too.
    context.fillRect(0, 0, pixels, pixels);
    context.drawImage(bitmap, crop.left, crop.top, crop.side, crop.side, 0, 0, pixels, pixels);
  }, [bitmap, crop.left, crop.top, crop.side, pixels]);
  return <canvas ref={canvas} width={pixels} height={pixels} />;
}
