// What Graph's query options leave of an answer.

/** Told in changes of something that went. */
export function isRemoved(value: unknown): boolean {
  return typeof value === "object" && value !== null && "@removed" in value;
}

/** What `$select` leaves of an answer, or of each thing on its page. */
export function selected(value: unknown, fields: string[]): unknown {
  if (typeof value !== "object" || value === null) return value;
  if ("value" in value && Array.isArray(value.value))
    return { ...value, value: value.value.map((each) => selected(each, fields)) };
  return Object.fromEntries(Object.entries(value).filter(([name]) => fields.includes(name) || name === "id"));
}
