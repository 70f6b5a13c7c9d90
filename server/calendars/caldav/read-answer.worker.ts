import { parentPort } from "node:worker_threads";
import { type AnswerToRead, readAnswer } from "./read-answer.ts";

// One answer after the other; calendar-reader.ts ends this thread when one takes too long.

parentPort?.on("message", (answer: AnswerToRead) => {
  parentPort?.postMessage(readAnswer(answer));
});
