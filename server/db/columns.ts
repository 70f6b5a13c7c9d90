import type { ColumnType } from "kysely";

/** A column written as JSON text and read as the value. */
export type Json<T> = ColumnType<T, string, string>;
/** An instant; written as a Date. */
export type At = ColumnType<Date, Date, Date>;
/** Set by the database when left out. */
export type AtNow = ColumnType<Date, Date | undefined, Date>;
export type AtOrNull = ColumnType<Date | null, Date | null | undefined, Date | null>;
export type Nullable<T> = ColumnType<T | null, T | null | undefined, T | null>;
