/** A number with its noun: "1 visitor", "2 visitors". */
export const count = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`;
