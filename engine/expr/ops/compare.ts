import { asFlags, asNumbers, asTexts, flagSeries, input } from '../kernels/read.js';
import { type Call, defineOp, type Operator, type SeriesArg } from '../op.js';
import type { FlagSeries, NumberSeries, Series, TextSeries } from '../types.js';
import { pureIfSame, x, y } from './shared.js';

type Test = (a: NumberSeries, b: NumberSeries, out: Uint8Array) => void;

const less: Test = ({ data: a, mask: left }, { data: b, mask: right }, out) => {
  for (let i = 0; i < out.length; i += 1) {
    const u = a[i & left] ?? 0;
    const v = b[i & right] ?? 0;
    out[i] = Number.isNaN(u) || Number.isNaN(v) ? 255 : u < v ? 1 : 0;
  }
};
const atMost: Test = ({ data: a, mask: left }, { data: b, mask: right }, out) => {
  for (let i = 0; i < out.length; i += 1) {
    const u = a[i & left] ?? 0;
    const v = b[i & right] ?? 0;
    out[i] = Number.isNaN(u) || Number.isNaN(v) ? 255 : u <= v ? 1 : 0;
  }
};
const equal: Test = ({ data: a, mask: left }, { data: b, mask: right }, out) => {
  for (let i = 0; i < out.length; i += 1) {
    const u = a[i & left] ?? 0;
    const v = b[i & right] ?? 0;
    out[i] = Number.isNaN(u) || Number.isNaN(v) ? 255 : u === v ? 1 : 0;
  }
};

function ordering(name: string, doc: string, example: string, test: Test, swap: boolean): Operator {
  return defineOp({
    name,
    doc,
    example,
    args: [x, y],
    gives: 'boolean',
    unit: pureIfSame,
    elementWise: true,
    run(call) {
      const a = asNumbers(input(call, swap ? 1 : 0).series);
      const b = asNumbers(input(call, swap ? 0 : 1).series);
      const out = call.memory.flags(call.rows);
      test(a, b, out);
      return flagSeries(out);
    },
  });
}

export const lessThan = ordering('<', 'Less than.', 'er_96 < 0.15', less, false);
export const lessOrEqual = ordering('<=', 'At most.', 'er_96 <= 0.15', atMost, false);
export const greaterThan = ordering('>', 'More than.', 'close > lag(high_96, 1)', less, true);
export const greaterOrEqual = ordering('>=', 'At least.', 'rv_z >= 2', atMost, true);

const anyX: SeriesArg = { name: 'x', is: 'series', type: 'any' };
const anyY: SeriesArg = { name: 'y', is: 'series', type: 'any' };

function equality(name: string, doc: string, example: string, negated: boolean): Operator {
  return defineOp({
    name,
    doc,
    example,
    args: [anyX, anyY],
    gives: ([a, b]) => (a === b ? 'boolean' : undefined),
    unit: pureIfSame,
    elementWise: true,
    run(call) {
      const out = sameness(call);
      if (negated)
        for (let i = 0; i < out.length; i += 1)
          out[i] = out[i] === 255 ? 255 : out[i] === 1 ? 0 : 1;
      return flagSeries(out);
    },
  });
}

export const equals = equality(
  '==',
  'Equal numbers, flags or texts.',
  "symbol == 'BTCUSDT'",
  false,
);
export const differs = equality(
  '!=',
  'Different numbers, flags or texts.',
  'funding.rate != 0',
  true,
);

function sameness(call: Call): Uint8Array {
  const a = input(call, 0).series;
  const b = input(call, 1).series;
  const out = call.memory.flags(call.rows);
  if (a.type === 'number') equal(a, asNumbers(b), out);
  else if (a.type === 'boolean') equalFlags(a, asFlags(b), out);
  else equalTexts(a, asTexts(b), out);
  return out;
}

function equalFlags(a: FlagSeries, b: FlagSeries, out: Uint8Array): void {
  for (let i = 0; i < out.length; i += 1) {
    const u = a.data[i & a.mask];
    const v = b.data[i & b.mask];
    out[i] = u === 255 || v === 255 ? 255 : u === v ? 1 : 0;
  }
}

function equalTexts(a: TextSeries, b: TextSeries, out: Uint8Array): void {
  for (let i = 0; i < out.length; i += 1) {
    const u = a.words[a.data[i & a.mask] ?? -1];
    const v = b.words[b.data[i & b.mask] ?? -1];
    out[i] = u === undefined || v === undefined ? 255 : u === v ? 1 : 0;
  }
}

/** `x in [0, 8]`: membership in a constant list. */
export const isIn = defineOp({
  name: 'in',
  doc: 'Whether the value is one of a list.',
  example: 'hour in [0, 8, 13]',
  args: [anyX, { name: 'list', is: 'list' }],
  gives: ([a]) => (a === 'boolean' ? undefined : 'boolean'),
  unit: pureIfSame,
  elementWise: true,
  run(call) {
    const series = input(call, 0).series;
    const out = call.memory.flags(call.rows);
    if (series.type === 'number') memberNumbers(series, call.constants.numbers('list'), out);
    else memberTexts(asTexts(series), call.constants.texts('list'), out);
    return flagSeries(out);
  },
});

function memberNumbers(
  series: Series & NumberSeries,
  list: readonly number[],
  out: Uint8Array,
): void {
  const members = new Set(list);
  for (let i = 0; i < out.length; i += 1) {
    const v = series.data[i & series.mask] ?? Number.NaN;
    out[i] = Number.isNaN(v) ? 255 : members.has(v) ? 1 : 0;
  }
}

function memberTexts(series: TextSeries, list: readonly string[], out: Uint8Array): void {
  const members = new Set(list);
  const member = series.words.map((word) => (members.has(word) ? 1 : 0));
  for (let i = 0; i < out.length; i += 1)
    out[i] = member[series.data[i & series.mask] ?? -1] ?? 255;
}
