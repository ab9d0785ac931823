import { asFlags, asNumbers, asTexts, flagSeries, input, numberSeries } from '../kernels/read.js';
import { type Call, defineOp, type SeriesArg } from '../op.js';
import { SERIES, type Series, type TextSeries, type ValueType } from '../types.js';
import { condition, pure, sameUnit } from './shared.js';

const NO_TEXT = 0xffff_ffff;
const anyOf = (name: string, rest?: number): SeriesArg =>
  rest === undefined
    ? { name, is: 'series', type: 'any' }
    : { name, is: 'series', type: 'any', rest };

/** `if(c, a, b)`: the branch not taken may be missing. */
export const choose = defineOp({
  name: 'if',
  doc: 'a where c holds, else b. Missing where c is; the branch not taken may be missing.',
  example: 'if(up, 1, if(down, -1, 0))',
  args: [condition, anyOf('a'), anyOf('b')],
  gives: ([, a, b]) => (a === b ? a : undefined),
  unit: ([, a, b]) => sameUnit([a, b].filter((u) => u !== undefined)),
  elementWise: true,
  run(call) {
    const c = asFlags(input(call, 0).series);
    const a = input(call, 1).series;
    const b = input(call, 2).series;
    const pick = new Uint8Array(call.rows);
    for (let i = 0; i < call.rows; i += 1) {
      const v = c.data[i & c.mask];
      pick[i] = v === 1 ? 0 : v === 0 ? 1 : NONE;
    }
    return pickFrom(call, [a, b], pick);
  },
});

/** `coalesce(a, b, …)`: the only way to fill, and it shows in the formula. */
export const coalesce = defineOp({
  name: 'coalesce',
  doc: 'The first known argument.',
  example: 'coalesce(high - lag(close, 1), 0)',
  args: [anyOf('a'), anyOf('more', 1)],
  gives: (types) => (types.every((t) => t === types[0]) ? types[0] : undefined),
  unit: sameUnit,
  elementWise: true,
  fills: true,
  run(call) {
    const all = call.inputs.map((i) => i.series);
    const pick = new Uint8Array(call.rows).fill(NONE);
    all.forEach((series, index) => {
      for (let i = 0; i < call.rows; i += 1)
        if (pick[i] === NONE && knownAt(series, i)) pick[i] = index;
    });
    return pickFrom(call, all, pick);
  },
});

/** `known(x)`: never missing. */
export const known = defineOp({
  name: 'known',
  doc: 'Whether the value is there.',
  example: 'mean(if(known(close), 0, 1), 288)',
  args: [anyOf('x')],
  gives: 'boolean',
  unit: pure,
  elementWise: true,
  holes: 'never',
  fills: true,
  run(call) {
    const { series } = input(call, 0);
    const out = call.memory.flags(call.rows);
    for (let i = 0; i < call.rows; i += 1) out[i] = knownAt(series, i) ? 1 : 0;
    return flagSeries(out);
  },
});

/** No argument was picked for this row. */
const NONE = 255;

function knownAt(series: Series, i: number): boolean {
  const v = series.data[i & series.mask];
  if (series.type === 'number') return !Number.isNaN(v);
  return v !== (series.type === 'boolean' ? 255 : NO_TEXT);
}

/** For each row the value of the argument `pick` says. */
function pickFrom(call: Call, all: readonly Series[], pick: Readonly<Uint8Array>): Series {
  const type: ValueType | undefined = all[0]?.type;
  if (type === 'number') {
    const out = call.memory.numbers(call.rows).fill(Number.NaN);
    all.map(asNumbers).forEach(({ data, mask }, index) => {
      for (let i = 0; i < call.rows; i += 1)
        if (pick[i] === index) out[i] = data[i & mask] ?? Number.NaN;
    });
    return numberSeries(out);
  }
  if (type === 'boolean') {
    const out = call.memory.flags(call.rows).fill(255);
    all.map(asFlags).forEach(({ data, mask }, index) => {
      for (let i = 0; i < call.rows; i += 1) if (pick[i] === index) out[i] = data[i & mask] ?? 255;
    });
    return flagSeries(out);
  }
  return pickTexts(call.rows, all.map(asTexts), pick);
}

function pickTexts(
  rows: number,
  all: readonly TextSeries[],
  pick: Readonly<Uint8Array>,
): TextSeries {
  const words: string[] = [];
  const codes = new Map<string, number>();
  const data = new Uint32Array(rows).fill(NO_TEXT);
  for (let i = 0; i < rows; i += 1) {
    const from = all[pick[i] ?? NONE];
    const word = from?.words[from.data[i & from.mask] ?? NO_TEXT];
    if (word === undefined) continue;
    let code = codes.get(word);
    if (code === undefined) {
      code = words.push(word) - 1;
      codes.set(word, code);
    }
    data[i] = code;
  }
  return { type: 'text', data, words, mask: SERIES };
}
