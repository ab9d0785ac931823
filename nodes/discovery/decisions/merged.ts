/** Decisions that waited equally long, each packed into a number: those of one list are in order among themselves. */
export type Waited = readonly (readonly number[])[];

/**
 * Lists in order merged into one: by moment, then by place, then by the packed number.
 * @param momentOf  of a packed decision and its list, asked once each
 * @param placeOf   among those of one moment
 * @returns         for each decision in order its list, and its packed number
 */
export function merged(
  lists: Waited,
  momentOf: (packed: number, list: number) => number,
  placeOf: (packed: number) => number,
): { readonly list: Uint16Array; readonly packed: Float64Array } {
  const count = lists.reduce((sum, list) => sum + list.length, 0);
  const list = new Uint16Array(count);
  const packed = new Float64Array(count);
  const heads = lists.map((own, k) => headOf(own, 0, k, momentOf, placeOf));
  for (let row = 0; row < count; row += 1) {
    let best = 0;
    for (let k = 1; k < heads.length; k += 1) if (before(heads[k], heads[best])) best = k;
    const { value, next } = heads[best] ?? NONE;
    list[row] = best;
    packed[row] = value;
    heads[best] = headOf(lists[best] ?? [], next, best, momentOf, placeOf);
  }
  return { list, packed };
}

/** The first decision of a list that is not merged yet, with what it is ordered by. */
interface Head {
  readonly value: number;
  readonly moment: number;
  readonly place: number;
  /** Where the one after it stands. */
  readonly next: number;
}
const NEVER = Number.POSITIVE_INFINITY;
const NONE: Head = { value: NEVER, moment: NEVER, place: NEVER, next: 0 };

function headOf(
  own: readonly number[],
  at: number,
  list: number,
  momentOf: (packed: number, list: number) => number,
  placeOf: (packed: number) => number,
): Head {
  const value = own[at];
  if (value === undefined) return NONE;
  return { value, moment: momentOf(value, list), place: placeOf(value), next: at + 1 };
}

function before(a: Head = NONE, b: Head = NONE): boolean {
  if (a.moment !== b.moment) return a.moment < b.moment;
  return a.place === b.place ? a.value < b.value : a.place < b.place;
}
