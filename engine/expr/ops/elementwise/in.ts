import { asTexts, flagSeries, input } from '../../kernels/read.js';
import { defineOp } from '../../op.js';
import type { NumberSeries, TextSeries } from '../../types.js';
import { anyX, pureIfSame } from '../shared.js';

/** Membership in a constant list: `in` is a keyword here. */
export const isIn = defineOp({
  name: 'in',
  doc: 'Whether the value is one of a list of numbers or texts. Missing where x is.',
  formula: 'x ∈ {a, b, …}',
  example: 'hour in [0, 8, 13]',
  args: [anyX, { name: 'list', is: 'list' }],
  gives: ([a]) => (a === 'boolean' ? undefined : 'boolean'),
  unit: pureIfSame,
  elementWise: true,
  cases: [
    { call: 'x in [0, 8]', rows: { x: [0, 1, 8, null] }, gives: [true, false, true, null] },
    {
      call: "name in ['up', 'flat']",
      rows: { name: ['up', 'down', null, 'flat'] },
      gives: [true, false, null, true],
    },
  ],
  run(call) {
    const series = input(call, 0).series;
    const out = call.memory.flags(call.rows);
    if (series.type === 'number') memberNumbers(series, call.constants.numbers('list'), out);
    else memberTexts(asTexts(series), call.constants.texts('list'), out);
    return flagSeries(out);
  },
});

function memberNumbers(series: NumberSeries, list: readonly number[], out: Uint8Array): void {
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
