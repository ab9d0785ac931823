import type { Facts } from '../../facts.js';
import {
  type AcrossStatistic,
  acrossSection,
  type Section,
  section,
} from '../../kernels/across.js';
import { numberSeries } from '../../kernels/read.js';
import type { AcrossCall, Arg, ConstantArg, Operator, SeriesArg } from '../../op.js';
import type { Series } from '../../types.js';
import { groupsIn, membersOf, type Row, rowOf } from './members.js';

export const by: SeriesArg = { name: 'by', is: 'series', type: 'text', optional: true };
export const others: ConstantArg = { name: 'others', is: 'flag', default: false };
export const atLeast: ConstantArg = { name: 'at_least', is: 'integer', default: 1, least: 1 };

/** What cross-sections share: they look at one row of all symbols, and pass over those that are missing. */
export const across = {
  gives: 'number',
  holes: 'make',
  fills: true,
  facts: (joined: Facts): Facts => ({ ...joined, scope: 'universe' }),
} as const satisfies Partial<Operator>;

/** A statistic over the cross-section, with what all of these share. */
export function statistic(
  of: AcrossStatistic,
  subject: SeriesArg,
  extra: readonly Arg[] = [],
): Pick<Operator, 'args' | 'gives' | 'holes' | 'fills' | 'facts' | 'across'> {
  return {
    ...across,
    args: [subject, by, others, atLeast, ...extra],
    across({ constants: c, ...call }) {
      const on = {
        statistic: of,
        others: c.flag('others'),
        atLeast: c.number('at_least'),
        ddof: c.has('ddof') ? c.number('ddof') : 0,
      };
      return eachSection(
        { ...call, constants: c },
        (s, n, out) => acrossSection(s, n, on, out),
        (s, n, out) => acrossSection(s, n, { ...on, others: false }, out),
      );
    },
  };
}

type Compute = (s: Section, n: number, out: Float64Array) => void;

/**
 * Run over all grid rows and groups. A symbol whose own value is missing is no member: it gets what `outside` says of
 * the members, or nothing.
 */
export function eachSection(
  call: AcrossCall,
  members: Compute,
  outside?: Compute,
): readonly Series[] {
  const count = call.symbols.length;
  const values = call.inputs.map((inputs) => membersOf(inputs[0]?.series));
  const groups = call.inputs.map((inputs) => inputs.find((i) => i.slot === 'by')?.series);
  const outs = call.gridOf.map((rows) => call.memory.numbers(rows.length).fill(Number.NaN));
  const next = new Int32Array(count);
  const space = section(count);
  const result = new Float64Array(count);
  const rest = new Float64Array(count);
  const row: Row = { symbols: new Int32Array(count), rows: new Int32Array(count), n: 0 };
  for (let grid = 0; grid < call.gridRows; grid += 1) {
    rowOf(call, grid, next, row);
    for (const group of groupsIn(row, groups)) {
      const n = load(space, group, values);
      members(space, n, result);
      const some = n > 0 && n < group.n && outside !== undefined;
      if (some) outside(space, n, rest);
      store(group, values, outs, result, some ? (rest[0] ?? Number.NaN) : Number.NaN);
    }
  }
  return outs.map(numberSeries);
}

type Members = ReturnType<typeof membersOf>;

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
