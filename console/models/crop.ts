import type { PhotoCrop } from "../../shared/protocol/profile-routes.ts";

// The square of a picture that becomes the photo; all in pixels of the upright picture. Pure.

export type PictureSize = { width: number; height: number };
/** Where one looks: the middle of the square, and how many times it goes into the shorter side. */
export type CropView = { x: number; y: number; zoom: number };

/** A square of fewer pixels than this is a blur. */
const leastSide = 48;
const mostZoom = 8;

export function farthestZoom({ width, height }: PictureSize): number {
  return Math.min(mostZoom, Math.max(1, Math.min(width, height) / leastSide));
}

/** The whole shorter side, in the middle; in a tall picture a little above it, where faces are. */
export function startView({ width, height }: PictureSize): CropView {
  const view = { x: width / 2, y: height > width ? height * 0.42 : height / 2, zoom: 1 };
  return inside(view, { width, height });
}

export function sideOf({ zoom }: CropView, { width, height }: PictureSize): number {
  return Math.min(width, height) / zoom;
}

/** Moves the square by so many pixels of the picture, as far as the picture goes. */
export function moveView(view: CropView, size: PictureSize, by: { x: number; y: number }): CropView {
  return inside({ ...view, x: view.x + by.x, y: view.y + by.y }, size);
}

/** Zooms about a point of the square, told as fractions of its side from its middle, which stays where it is. */
export function zoomView(
  view: CropView,
  size: PictureSize,
  zoom: number,
  about: { x: number; y: number } = { x: 0, y: 0 },
): CropView {
  const next = Math.min(farthestZoom(size), Math.max(1, zoom));
  const grown = sideOf(view, size) - sideOf({ ...view, zoom: next }, size);
  return inside({ x: view.x + about.x * grown, y: view.y + about.y * grown, zoom: next }, size);
}

/** In whole pixels, and never outside of the picture. */
export function cropOf(view: CropView, size: PictureSize): PhotoCrop {
  const side = Math.max(1, Math.min(Math.round(sideOf(view, size)), size.width, size.height));
  const start = (middle: number, length: number) =>
    Math.min(Math.max(0, Math.round(middle - side / 2)), length - side);
  return { left: start(view.x, size.width), top: start(view.y, size.height), side };
}

function inside(view: CropView, size: PictureSize): CropView {
  const half = sideOf(view, size) / 2;
  const within = (at: number, length: number) => Math.min(Math.max(at, half), length - half);
  return { ...view, x: within(view.x, size.width), y: within(view.y, size.height) };
}

/** Pixels of the shorter side: the largest place that shows a face, on a sharp screen. */
const sharpPixels = 200;

/** Whether no part of the picture can be sharp. It is taken all the same: there may be no other. */
export function isTooSmall({ width, height }: { width: number; height: number }): boolean {
  return Math.min(width, height) < sharpPixels;
}
