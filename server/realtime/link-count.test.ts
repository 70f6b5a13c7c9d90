import { expect, it } from "vitest";
import { createLinkCount } from "./link-count.ts";

it("is full for a network with the most links, until one of them ends", () => {
  const links = createLinkCount(2);
  const end = links.add("203.0.113.7");
  expect(links.isFull("203.0.113.7")).toBe(false);
  links.add("203.0.113.7");
  expect(links.isFull("203.0.113.7")).toBe(true);
  expect(links.isFull("203.0.113.8")).toBe(false);
  end();
  end();
  expect(links.isFull("203.0.113.7")).toBe(false);
  links.add("203.0.113.7");
  expect(links.isFull("203.0.113.7")).toBe(true);
});
