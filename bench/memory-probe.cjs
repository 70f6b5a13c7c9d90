// Loaded into a measured process before its program (--require, with --expose-gc): on SIGUSR2 it collects thoroughly and
// writes what is still in use to the file it was told of.
const { renameSync, writeFileSync } = require("node:fs");

process.on("SIGUSR2", async () => {
  for (let round = 0; round < 4; round++) {
    globalThis.gc();
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  const file = process.env.MEMORY_PROBE_FILE;
  writeFileSync(`${file}.new`, JSON.stringify(process.memoryUsage()));
  renameSync(`${file}.new`, file);
});
