import type { Question, QuestionAnswer } from "../../shared/model/meeting-types.ts";

export type GivenAnswer = { id: string; answer: string };

/**
 * What a guest answered, with the words that were asked, in the order of the questions; or the id of the first question that is not
 * answered as it must be. Answers to what nobody asks (any more) are dropped. Pure.
 */
export function takeAnswers(
  questions: readonly Question[],
  given: readonly GivenAnswer[],
): { ok: true; answers: QuestionAnswer[] } | { ok: false; id: string } {
  const answers: QuestionAnswer[] = [];
  for (const { id, label, kind, choices, isRequired } of questions) {
    const said = given.find((each) => each.id === id)?.answer ?? "";
    const answer = kind === "line" ? said.replace(/\s+/g, " ") : said;
    if (answer === "") {
      if (isRequired) return { ok: false, id };
      continue;
    }
    if (kind === "choice" && !choices.includes(answer)) return { ok: false, id };
    answers.push({ id, label, answer });
  }
  return { ok: true, answers };
}
