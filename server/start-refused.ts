/**
 * An expected reason not to start (a bad setting, a port in use, a data directory in use).
 * The message is one sentence for a person: what is wrong and what to do. It is printed without a stack.
 */
export class StartRefused extends Error {
  constructor(sentence: string, options?: { cause: unknown }) {
    super(sentence, options);
    this.name = "StartRefused";
  }
}
