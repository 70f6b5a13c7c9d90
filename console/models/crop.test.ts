import fc from "fast-check";
import { expect, test } from "vitest";
import { cropOf, farthestZoom, isTooSmall, moveView, sideOf, startView, zoomView } from "./crop.ts";

const size = { width: 4_000, height: 3_000 };

test("begins with the whole shorter side", () => {
  expect(cropOf(startView(size), size)).toEqual({ left: 500, top: 0, side: 3_000 });
  const tall = { width: 1_000, height: 3_000 };
  expect(cropOf(startView(tall), tall)).toEqual({ left: 0, top: 760, side: 1_000 });
});

test("moves as far as the picture goes", () => {
  const view = startView(size);
  expect(cropOf(moveView(view, size, { x: -9_999, y: 9_999 }), size)).toEqual({
    left: 0,
    top: 0,
    side: 3_000,
  });
  const near = zoomView(view, size, 2);
  expect(cropOf(moveView(near, size, { x: 9_999, y: 9_999 }), size)).toEqual({
    left: 2_500,
    top: 1_500,
    side: 1_500,
  });
});

test("keeps the point under the finger where it is while zooming", () => {
  const view = startView(size);
  const about = { x: 0.2, y: -0.1 };
  const pointOf = (seen: typeof view) => ({
    x: seen.x + about.x * sideOf(seen, size),
    y: seen.y + about.y * sideOf(seen, size),
  });
  const zoomed = zoomView(view, size, 2.5, about);
  expect(pointOf(zoomed).x).toBeCloseTo(pointOf(view).x);
  expect(pointOf(zoomed).y).toBeCloseTo(pointOf(view).y);
});

test("never zooms so far that nothing is left to see", () => {
  expect(farthestZoom({ width: 60, height: 200 })).toBeCloseTo(1.25);
  expect(farthestZoom({ width: 20, height: 20 })).toBe(1);
  expect(zoomView(startView(size), size, 1_000).zoom).toBe(8);
});

test("is inside of every picture, however it is moved and zoomed", () => {
  const length = fc.integer({ min: 1, max: 6_000 });
  const step = fc.record({
    x: fc.integer({ min: -9_000, max: 9_000 }),
    y: fc.integer({ min: -9_000, max: 9_000 }),
    zoom: fc.double({ min: 0.1, max: 20, noNaN: true }),
  });
  fc.assert(
    fc.property(length, length, fc.array(step, { maxLength: 8 }), (width, height, steps) => {
      const picture = { width, height };
      let view = startView(picture);
      for (const { x, y, zoom } of steps) {
        view = zoomView(moveView(view, picture, { x, y }), picture, zoom, { x: 0.3, y: -0.4 });
      }
      const { left, top, side } = cropOf(view, picture);
      expect([left >= 0, top >= 0, side >= 1, left + side <= width, top + side <= height]).toEqual(
        Array(5).fill(true),
      );
      expect([left, top, side].every(Number.isInteger)).toBe(true);
    }),
  );
});

test("tells a picture that cannot be sharp by its shorter side", () => {
  expect(isTooSmall({ width: 20, height: 20 })).toBe(true);
  expect(isTooSmall({ width: 4_000, height: 199 })).toBe(true);
  expect(isTooSmall({ width: 200, height: 200 })).toBe(false);
});
