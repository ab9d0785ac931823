import type { Random } from '../sdk/random.js';
import { knownTimes } from './known.js';
import type { Table } from './subject.js';

/** A moment at which the future is taken away, and what makes it worth a look. */
export interface Cut {
  readonly at: number;
  readonly why: string;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Where coarser rows and files begin and end, UTC. */
const GRIDS = [
  ['hour', HOUR],
  ['day', DAY],
  ['week', 7 * DAY],
  ['month', undefined],
] as const;

/**
 * Moments at edges of every kind and at random, in order of time: around each edge the last moment before it and the edge itself.
 * The kinds take turns, and within a kind the tables do: many tables must not crowd out a kind.
 */
export function cutsOf(tables: readonly Table[], count: number, random: Random): readonly Cut[] {
  const known = tables.flatMap(({ frame, contract }) => [...(knownTimes(frame, contract) ?? [])]);
  const edges = tables.map((table) => edgesOf(table, random));
  const classes: readonly (readonly Cut[])[] = [
    ...KINDS.map((kind) => edges.flatMap((of) => of[kind])),
    ...GRIDS.map(([name, every]) => gridEdges(name, every, known, random)),
    randomRows(known, random),
  ].filter((cuts) => cuts.length > 0);
  const chosen = new Map<number, Cut>();
  for (let round = 0; chosen.size < count && round < count; round += 1)
    for (const cuts of classes) {
      const cut = cuts[round % cuts.length];
      if (cut && chosen.size < count && !chosen.has(cut.at)) chosen.set(cut.at, cut);
    }
  return [...chosen.values()].sort((a, b) => a.at - b.at);
}

/** What happens to the rows of a table: single ones arrive, they begin and end, and they are interrupted. */
const KINDS = ['arrival', 'gap', 'end'] as const;
type Edges = Readonly<Record<(typeof KINDS)[number], readonly Cut[]>>;

function edgesOf({ port, label, frame, contract }: Table, random: Random): Edges {
  const known = knownTimes(frame, contract);
  const [first, last] = [known?.[0], known?.[(known?.length ?? 0) - 1]];
  if (!known || first === undefined || last === undefined) return { arrival: [], gap: [], end: [] };
  const name = label === '' ? port : `${port} of ${label}`;
  const arrival = known[Math.floor(known.length * (0.3 + 0.6 * random.uniform()))] ?? last;
  const gap = longestGap(frame.names.map((n) => frame.get(n)));
  return {
    arrival: [
      { at: arrival - 1, why: `just before a row of ${name}` },
      { at: arrival, why: `a row of ${name} arrives` },
    ],
    gap: gapEdges(gap, known, name),
    end: [
      { at: first, why: `first row of ${name}` },
      { at: last - 1, why: `before the last row of ${name}` },
    ],
  };
}

function gapEdges(
  gap: readonly [number, number] | undefined,
  known: ArrayLike<number>,
  name: string,
): readonly Cut[] {
  if (!gap) return [];
  const [from, to] = gap;
  return [
    { at: known[Math.floor((from + to) / 2)] ?? 0, why: `inside a gap in ${name}` },
    { at: known[from] ?? 0, why: `a gap in ${name}` },
    { at: known[to] ?? 0, why: `the end of a gap in ${name}` },
  ];
}

/** First and last row of the longest stretch in which some number is missing that was there before. */
function longestGap(
  columns: readonly { readonly dtype: string; readonly values?: ArrayLike<number> }[],
): readonly [number, number] | undefined {
  let longest: readonly [number, number] | undefined;
  for (const { dtype, values } of columns) {
    const gap = dtype === 'f64' && values ? gapIn(values) : undefined;
    if (gap && (!longest || gap[1] - gap[0] > longest[1] - longest[0])) longest = gap;
  }
  return longest;
}

function gapIn(values: ArrayLike<number>): readonly [number, number] | undefined {
  let longest: readonly [number, number] | undefined;
  let from = 0;
  for (let row = 1; row < values.length; row += 1) {
    if (!Number.isNaN(values[row])) continue;
    if (!Number.isNaN(values[row - 1])) from = row;
    if (from > 0 && (!longest || row - from > longest[1] - longest[0])) longest = [from, row];
  }
  return longest;
}

function gridEdges(
  name: string,
  every: number | undefined,
  known: readonly number[],
  random: Random,
): readonly Cut[] {
  const at = known[Math.floor(known.length * (0.25 + 0.7 * random.uniform()))];
  if (at === undefined) return [];
  const edge = every === undefined ? monthOf(at) : Math.floor(at / every) * every;
  return [
    { at: edge, why: `the end of the ${name}` },
    { at: edge - 1, why: `just before the end of the ${name}` },
  ];
}

function monthOf(at: number): number {
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
}

function randomRows(known: readonly number[], random: Random): readonly Cut[] {
  if (known.length === 0) return [];
  const draw = (): Cut => ({
    at: known[random.integer(known.length)] ?? 0,
    why: 'any row',
  });
  return Array.from({ length: 64 }, draw);
}
