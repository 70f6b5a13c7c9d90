import { makeBody } from "./compressed.ts";

/** Foyer's mark, as the console draws it: an open door, with the light of the room behind it. */
const mark = [
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">',
  '<rect width="32" height="32" rx="9" fill="#20304a"/>',
  '<path d="M10 25V9.500A2.500 2.500 0 0 1 12.500 7H22v18z" fill="#ffd98a"/>',
  '<path d="M10 25V9.500A2.500 2.500 0 0 1 12.500 7L18 10v18z" fill="#fff"/>',
  '<circle cx="15.600" cy="18.400" r="1.100" fill="#20304a"/>',
  "</svg>",
].join("");

const uncompressed = { gzip: null, brotli: null };

export const favicon = makeBody(Buffer.from(mark), "image/svg+xml", uncompressed);

/** Nothing here is for search engines but the public pages of meeting types. */
export const robots = makeBody(
  Buffer.from("User-agent: *\nAllow: /m/\nDisallow: /\n"),
  "text/plain; charset=utf-8",
  uncompressed,
);
