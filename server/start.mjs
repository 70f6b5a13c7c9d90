// `npm start`: installs and builds what is missing, then runs the server in this process. Plain Node and no package,
// since nothing may be installed yet; in plain old syntax, so that an old Node gets as far as the first sentence.
import { fileURLToPath, pathToFileURL } from "node:url";

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Foyer needs Node.js 20.19 or newer and this is ${process.versions.node}: install a newer one.`,
  );
  process.exit(1);
}

const { ensureBuilt, ensureInstalled, PrepareFailed } = await import("./prepare.mjs");
try {
  await ensureInstalled({ kind: "runtime" });
  await ensureBuilt({ isChecked: false });
} catch (error) {
  if (!(error instanceof PrepareFailed)) throw error;
  console.error(error.message);
  process.exit(1);
}
const root = fileURLToPath(new URL("..", import.meta.url));
await import(pathToFileURL(`${root}dist/server/main.cjs`).href);
