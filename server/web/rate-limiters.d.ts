// The package's entry loads its two dozen stores for other databases; only these two files are ours to pay for at start.
declare module "rate-limiter-flexible/lib/RateLimiterMemory.js" {
  // biome-ignore lint/style/noDefaultExport: a CommonJS file's one export is its default
  export { RateLimiterMemory as default } from "rate-limiter-flexible";
}

declare module "rate-limiter-flexible/lib/RateLimiterPostgres.js" {
  // biome-ignore lint/style/noDefaultExport: a CommonJS file's one export is its default
  export { RateLimiterPostgres as default } from "rate-limiter-flexible";
}
