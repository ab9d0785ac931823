import { type Column, Frame, MISSING_TEXT, textColumn } from '../../../engine/sdk/index.js';
import { bucketOf, cutsOf } from '../../math/cuts.js';

/** Buckets from the widest to the narrowest, each with the share of training occurrences below it. Each holds those after it. */
const BUCKETS = [
  ['top_20pct', 0.8],
  ['top_10pct', 0.9],
  ['extreme_5pct', 0.95],
] as const;
const SHARES = BUCKETS.map(([, share]) => share);
const WORDS = ['base', ...BUCKETS.map(([name]) => name)];

/** Texts by code, as a column holds them. */
type Texts = Extract<Column, { dtype: 'text' }>;

/** Occurrences, row by row. */
export interface Severities {
  readonly event: Texts;
  readonly severity: ArrayLike<number>;
  /** Whether a row lies in the training window. */
  readonly trained: (row: number) => boolean;
}

/** Where the severity of one event is cut, and on how many occurrences that stands. */
export interface Cuts {
  readonly count: number;
  readonly at: Float64Array | undefined;
}

/** Cut-offs by code of the event, of occurrences in the training window, all symbols pooled: what discovery pools, too. */
export function cutsByEvent(
  { event, severity, trained }: Severities,
  least: number,
): readonly Cuts[] {
  const samples = event.words.map((): number[] => []);
  for (let row = 0; row < event.codes.length; row++) {
    const value = severity[row] ?? Number.NaN;
    if (trained(row) && !Number.isNaN(value)) samples[event.codes[row] ?? 0]?.push(value);
  }
  return samples.map((own) => ({ count: own.length, at: cutsOf(own, SHARES, least) }));
}

/** The bucket of each occurrence. */
export function bucketColumn({ event, severity }: Severities, cuts: readonly Cuts[]): Texts {
  const codes = new Uint32Array(event.codes.length).fill(MISSING_TEXT);
  for (let row = 0; row < codes.length; row++) {
    const at = cuts[event.codes[row] ?? 0]?.at;
    const bucket = at ? bucketOf(at, severity[row] ?? Number.NaN) : -1;
    if (bucket >= 0) codes[row] = bucket;
  }
  return { dtype: 'text', codes, words: WORDS };
}

/**
 * Cut-offs as a frame of contract `severity_cuts`.
 * @param ids    events that get a row, whether they occurred or not
 * @param words  events by code
 * @param cuts   by code
 */
export function cutsTable(
  ids: readonly string[],
  words: readonly string[],
  cuts: readonly Cuts[],
): Frame {
  const rows = [...ids].sort();
  const own = rows.map((id) => cuts[words.indexOf(id)]);
  const columns = BUCKETS.map(([name], k) => {
    return [name, own.map((one) => one?.at?.[k] ?? Number.NaN)] as const;
  });
  return Frame.of({
    event: textColumn(rows),
    count: own.map((one) => one?.count ?? 0),
    ...Object.fromEntries(columns),
  });
}
