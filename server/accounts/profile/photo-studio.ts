import { Worker } from "node:worker_threads";
import type { PhotoCrop, PhotoProblem } from "../../../shared/protocol/profile-routes.ts";
import { AppError } from "../../errors.ts";
import type { PhotoSizes } from "../photo-sizes.ts";

/** A photo is cut square; a logo keeps its own shape. */
type Wanted = { kind: "photo"; crop: PhotoCrop | null } | { kind: "logo" };
export type ToDraw = { bytes: Uint8Array; wanted: Wanted };
type Answer = { sizes: PhotoSizes } | { problem: PhotoProblem };
export type Drawn = { sizes: { large: Uint8Array; small: Uint8Array } } | { problem: PhotoProblem };

/** Draws photos of people, and logos, in a thread of their own, one after the other. */
export interface PhotoStudio {
  /**
   * Refusals are return values. Throws `too_many` when too many wait already. The bytes are handed over: they are empty
   * afterwards.
   */
  draw(bytes: Buffer, crop: PhotoCrop | null): Promise<Answer>;
  /** The same for a logo. */
  drawLogo(bytes: Buffer): Promise<Answer>;
}

type StudioDeps = {
  /** The thread's program. */
  program: URL;
  /** A file that takes longer is given up, and its thread ended. */
  deadlineMs?: number;
};

/** So many may wait for the one that is drawn; each holds its file in memory. */
const mostWaiting = 4;

export function createPhotoStudio({ program, deadlineMs = 8_000 }: StudioDeps): PhotoStudio {
  let waiting = 0;
  /** Ends with the thread of the photo before: never are two decoded at once. */
  let last: Promise<unknown> = Promise.resolve();

  return {
    draw: (bytes, crop) => drawNext(bytes, { kind: "photo", crop }),
    drawLogo: (bytes) => drawNext(bytes, { kind: "logo" }),
  };

  async function drawNext(bytes: Buffer, wanted: Wanted): Promise<Answer> {
    if (waiting >= mostWaiting) throw new AppError("too_many", { retryAfterMs: 2_000 });
    waiting += 1;
    const before = last;
    const { promise: threadEnd, resolve: endThread } = withEnd();
    last = threadEnd;
    try {
      await before;
      const drawn = await drawInThread({ program, deadlineMs, onEnd: endThread }, bytes, wanted);
      if ("problem" in drawn) return drawn;
      return {
        sizes: { large: Buffer.from(drawn.sizes.large), small: Buffer.from(drawn.sizes.small) },
      };
    } catch (error) {
      endThread();
      throw error;
    } finally {
      waiting -= 1;
    }
  }
}

function withEnd(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

/** Answers at the deadline at the latest; `onEnd` is called when the thread is really gone. */
function drawInThread(
  { program, deadlineMs, onEnd }: Required<StudioDeps> & { onEnd: () => void },
  bytes: Buffer,
  wanted: Wanted,
): Promise<Drawn> {
  // Of its own memory: what is handed over must be nobody else's.
  const own = new Uint8Array(bytes);
  const thread = new Worker(program, {
    workerData: { bytes: own, wanted } satisfies ToDraw,
    transferList: [own.buffer],
    resourceLimits: { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 },
    env: {},
    stdout: true,
    stderr: true,
  });
  thread.once("exit", onEnd);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      resolve({ problem: "broken" });
      void thread.terminate();
    }, deadlineMs);
    thread.once("message", (drawn: Drawn) => {
      clearTimeout(timer);
      resolve(drawn);
      void thread.terminate();
    });
    thread.once("error", (error) => {
      clearTimeout(timer);
      // A file that fills the thread's memory is the file's fault; a thread that does not start is ours.
      if ("code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY") resolve({ problem: "broken" });
      else reject(error);
    });
    thread.once("exit", () => {
      clearTimeout(timer);
      resolve({ problem: "broken" });
    });
  });
}
