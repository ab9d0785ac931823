import type { Facts } from '../facts.js';
import {
  type AcrossStatistic,
  acrossSection,
  rankSection,
  type Section,
  section,
} from '../kernels/across.js';
import { asFlags, asNumbers, asTexts, numberSeries } from '../kernels/read.js';
import {
  type AcrossCall,
  type Arg,
  type ConstantArg,
  defineOp,
  type Operator,
  type SeriesArg,
} from '../op.js';
import type { Series } from '../types.js';
import type { Unit } from '../unit.js';
import { PURE } from '../unit.js';
import { pure, x } from './shared.js';

const by: SeriesArg = { name: 'by', is: 'series', type: 'text', optional: true };
const others: ConstantArg = { name: 'others', is: 'flag', default: false };
const atLeast: ConstantArg = { name: 'at_least', is: 'integer', default: 1, least: 1 };
const universe = (joined: Facts): Facts => ({ ...joined, scope: 'universe' });

/** Members of one row and group: which symbols, and the row of each. */
interface Row {
  readonly symbols: Int32Array;
  readonly rows: Int32Array;
  n: number;
}

function statistic(
  name: string,
  of: AcrossStatistic,
  doc: string,
  example: string,
  unit: (units: readonly Unit[]) => Unit,
  extra: readonly Arg[] = [],
): Operator {
  const subject: SeriesArg = of === 'count' ? { name: 'c', is: 'series', type: 'boolean' } : x;
  return defineOp({
    name,
    doc: `${doc} over the symbols that have a known value at that time, in order of id; others=true leaves the symbol itself out, by= stays within a group.`,
    example,
    args: [subject, by, others, atLeast, ...extra],
    gives: 'number',
    unit,
    holes: 'make',
    fills: true,
    facts: universe,
    across(call) {
      const c = call.constants;
      const least = c.number('at_least');
      const ddof = c.has('ddof') ? c.number('ddof') : 0;
      const leave = c.flag('others');
      return eachSection(
        call,
        (s, n, out) => acrossSection(s, n, of, leave, least, ddof, out),
        (s, n, out) => acrossSection(s, n, of, false, least, ddof, out),
      );
    },
  });
}

const own = (units: readonly Unit[]): Unit => units[0] ?? PURE;

export const xs_sum = statistic('xs_sum', 'sum', 'Sum', 'xs_sum(quote_volume)', own);
export const xs_mean = statistic(
  'xs_mean',
  'mean',
  'Mean',
  'xs_mean(logret_1, others=true, at_least=3)',
  own,
);
export const xs_min = statistic('xs_min', 'min', 'Smallest value', 'xs_min(ret_12)', own);
export const xs_max = statistic('xs_max', 'max', 'Largest value', 'xs_max(ret_12)', own);
export const xs_median = statistic('xs_median', 'median', 'Median', 'xs_median(rv_96)', own);
export const xs_count = statistic(
  'xs_count',
  'count',
  'How often c is true',
  'xs_count(VOL_SPIKE)',
  pure,
);
export const xs_std = statistic('xs_std', 'std', 'Standard deviation', 'xs_std(ret_12)', own, [
  { name: 'ddof', is: 'integer', default: 1, least: 0, most: 1 },
]);

export const xs_rank = defineOp({
  name: 'xs_rank',
  doc: 'Place of the symbol among those known at that time: (rank − 1)/(n − 1) in [0, 1], ½ when alone, missing where x is.',
  example: 'xs_rank(ret_96)',
  args: [
    x,
    by,
    { name: 'ties', is: 'word', words: ['average', 'min', 'max'], default: 'average' },
    atLeast,
  ],
  gives: 'number',
  unit: pure,
  holes: 'make',
  fills: true,
  facts: universe,
  across(call) {
    const word = call.constants.word('ties');
    const ties = word === 'min' || word === 'max' ? word : 'average';
    const least = call.constants.number('at_least');
    return eachSection(call, (s, n, out) => rankSection(s, n, ties, least, out));
  },
});

type Compute = (s: Section, n: number, out: Float64Array) => void;

/**
 * Run over all grid rows and groups. A symbol whose own value is missing is no member: it gets what `outside` says of
 * the members, or nothing.
 */
function eachSection(call: AcrossCall, members: Compute, outside?: Compute): readonly Series[] {
  const count = call.symbols.length;
  const values = call.inputs.map((inputs) => membersOf(inputs[0]?.series));
  const groups = call.inputs.map((inputs) => inputs.find((i) => i.slot === 'by')?.series);
  const outs = call.gridOf.map((rows) => call.memory.numbers(rows.length).fill(Number.NaN));
  const next = new Int32Array(count);
  const space = section(count);
  const result = new Float64Array(count);
  const rest = new Float64Array(count).fill(Number.NaN);
  const row: Row = { symbols: new Int32Array(count), rows: new Int32Array(count), n: 0 };
  for (let grid = 0; grid < call.gridRows; grid += 1) {
    gather(call, grid, next, row);
    for (const group of groupsIn(row, groups)) {
      const n = load(space, group, values);
      members(space, n, result);
      if (n > 0 && n < group.n) outside?.(space, n, rest);
      store(group, values, outs, result, n > 0 ? (rest[0] ?? Number.NaN) : Number.NaN);
    }
  }
  return outs.map(numberSeries);
}

/** The symbols that have this grid row. */
function gather(call: AcrossCall, grid: number, next: Int32Array, row: Row): void {
  row.n = 0;
  for (let s = 0; s < next.length; s += 1) {
    const at = next[s] ?? 0;
    if (call.gridOf[s]?.[at] !== grid) continue;
    row.symbols[row.n] = s;
    row.rows[row.n] = at;
    row.n += 1;
    next[s] = at + 1;
  }
}

function groupsIn(row: Row, groups: readonly (Series | undefined)[]): readonly Row[] {
  if (groups.every((g) => g === undefined)) return [row];
  const found = new Map<string, Row>();
  for (let k = 0; k < row.n; k += 1) {
    const symbol = row.symbols[k] ?? 0;
    const at = row.rows[k] ?? 0;
    const series = groups[symbol];
    if (series === undefined) continue;
    const texts = asTexts(series);
    const word = texts.words[texts.data[at & texts.mask] ?? 0xffff_ffff];
    if (word === undefined) continue;
    let group = found.get(word);
    if (group === undefined) {
      group = { symbols: new Int32Array(row.n), rows: new Int32Array(row.n), n: 0 };
      found.set(word, group);
    }
    group.symbols[group.n] = symbol;
    group.rows[group.n] = at;
    group.n += 1;
  }
  return [...found.values()];
}

type Members = (at: number) => number;

/** Numbers as they are, flags as 0 and 1; NaN missing. */
function membersOf(series: Series | undefined): Members {
  if (series?.type === 'boolean') {
    const { data, mask } = asFlags(series);
    return (at) => {
      const v = data[at & mask] ?? 255;
      return v === 255 ? Number.NaN : v;
    };
  }
  if (series === undefined) return () => Number.NaN;
  const { data, mask } = asNumbers(series);
  return (at) => data[at & mask] ?? Number.NaN;
}

function load(space: Section, group: Row, values: readonly Members[]): number {
  let n = 0;
  for (let k = 0; k < group.n; k += 1) {
    const v = values[group.symbols[k] ?? 0]?.(group.rows[k] ?? 0) ?? Number.NaN;
    if (Number.isNaN(v)) continue;
    space.values[n] = v;
    n += 1;
  }
  return n;
}

/** Hand the results back: members in their order, all others the same. */
function store(
  group: Row,
  values: readonly Members[],
  outs: readonly Float64Array[],
  result: Readonly<Float64Array>,
  outside: number,
): void {
  let member = 0;
  for (let m = 0; m < group.n; m += 1) {
    const symbol = group.symbols[m] ?? 0;
    const at = group.rows[m] ?? 0;
    const out = outs[symbol];
    const v = values[symbol]?.(at) ?? Number.NaN;
    if (out !== undefined) out[at] = !Number.isNaN(v) ? (result[member] ?? Number.NaN) : outside;
    if (!Number.isNaN(v)) member += 1;
  }
}
