type Handlers = Record<string, (input: never) => unknown>;

/** The child's side of `startChild`: answers each ask by its name; ends when the parent is gone. */
export function answerAsks(handlers: Handlers): void {
  process.on("message", (message) => {
    const { id, ask, input } = message as { id: number; ask: string; input: never }; // Sent by startChild.
    const run = async () => {
      const handler = handlers[ask];
      if (handler === undefined) throw new Error(`nothing answers ${ask}`);
      return handler(input);
    };
    run().then(
      (value) => process.send?.({ id, value }),
      (error: unknown) => process.send?.({ id, error: error instanceof Error ? error.message : "failed" }),
    );
  });
  process.on("disconnect", () => process.exit(0));
}
