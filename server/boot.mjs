// Becomes dist/server/main.js: runs the bundled program with V8's compiled form of it kept beside it. Reading and compiling
// the program are half of a start otherwise. Node 22 could do this by itself; Node 20 cannot.
// Not imported: for a module that imports them, Node wraps each of its own modules at every start (6 ms for these).
const builtin = process.getBuiltinModule;
const { createHash } = builtin("node:crypto");
const { readFileSync, renameSync, rmSync, writeFileSync } = builtin("node:fs");
const { createRequire } = builtin("node:module");
const { fileURLToPath } = builtin("node:url");
const { Script } = builtin("node:vm");

// The build puts the hash of the program here: V8 itself compares no more than the length.
const program = fileURLToPath(new URL("PROGRAM.cjs", import.meta.url));
const cacheFile = `${program}.${process.versions.v8}.cache`;
const writeAfterMs = 3_000;

const cachedData = readCache();
// The build has made it one function, and all ASCII: read so, the text takes half the room.
const script = new Script(readFileSync(program, "latin1"), {
  filename: program,
  ...(cachedData ? { cachedData } : {}),
});
const run = script.runInThisContext();
run(createRequire(import.meta.url), program, fileURLToPath(new URL(".", import.meta.url)), import.meta.url);
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
