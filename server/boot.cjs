// Becomes dist/server/main.cjs: runs the bundled program with V8's compiled form of it kept beside it. Reading and compiling
// the program are half of a start otherwise. Node 22 could do this by itself; Node 20 cannot.
// CommonJS itself: the loader of modules costs a start 3 ms.
const { createHash } = require("node:crypto");
const { readFileSync, renameSync, rmSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { pathToFileURL } = require("node:url");
const { Script } = require("node:vm");

// The build puts the hash of the program here: V8 itself compares no more than the length.
const program = join(__dirname, "PROGRAM.cjs");
const cacheFile = `${program}.${process.versions.v8}.cache`;
const writeAfterMs = 3_000;

const cachedData = readCache();
// The build has made it one function, and all ASCII: read so, the text takes half the room.
const script = new Script(readFileSync(program, "latin1"), {
  filename: program,
  ...(cachedData ? { cachedData } : {}),
});
const run = script.runInThisContext();
run(require, program, __dirname, pathToFileURL(__filename).href);
// Later, so that the functions which a start calls are in it.
if (!cachedData || script.cachedDataRejected) setTimeout(writeCache, writeAfterMs).unref();

/** Null when there is none, or when it was cut off: V8 would trust it. */
function readCache() {
  try {
    const bytes = readFileSync(cacheFile);
    const data = bytes.subarray(32);
    return createHash("sha256").update(data).digest().equals(bytes.subarray(0, 32)) ? data : null;
  } catch {
    return null;
  }
}

function writeCache() {
  const draft = `${cacheFile}.${process.pid}`;
  try {
    const data = script.createCachedData();
    writeFileSync(draft, Buffer.concat([createHash("sha256").update(data).digest(), data]));
    renameSync(draft, cacheFile);
  } catch {
    rmSync(draft, { force: true }); // A folder that we may not write: the start stays a little slower.
  }
}
