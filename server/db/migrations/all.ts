import { foundation } from "./0001-foundation.ts";

/** Every migration in order. One that has landed is never edited: a new one follows. */
export const migrations = [foundation];
