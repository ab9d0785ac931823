import { MAX_ROWS } from '../bounds.js';
import type { Constants } from '../constants.js';
import { numberSeries, numbers } from '../kernels/read.js';
import { exp, log } from '../numeric.js';
import { defineOp } from '../op.js';
import { firstUnit, x } from './shared.js';

/** How much of a decaying memory is passed over when its reach is stated. */
const FORGOTTEN = 1e-12;

export const ema = defineOp({
  name: 'ema',
  doc: 'Exponential average y += α (x − y), started at the mean of the first `seed` known rows. One of alpha, span, half_life.',
  example: 'ema(close, span=12, warm=12)',
  args: [
    x,
    { name: 'alpha', is: 'number', optional: true, most: 1 },
    { name: 'span', is: 'number', optional: true, least: 1 },
    { name: 'half_life', is: 'number', optional: true },
    { name: 'seed', is: 'integer', default: 1, least: 1 },
    { name: 'adjust', is: 'flag', default: false },
    { name: 'warm', is: 'integer', default: (c) => c.number('seed'), least: 1 },
  ],
  gives: 'number',
  unit: firstUnit,
  costly: true,
  reach: memory,
  warmup: (c) => Math.max(c.number('seed'), c.number('warm')) - 1,
  kind: (_, args) => (args[0]?.holes ? 'resetting' : 'decaying'),
  check(c) {
    const given = ['alpha', 'span', 'half_life'].filter((name) => c.has(name));
    if (given.length !== 1) return 'give one of alpha, span and half_life';
    if (!(alphaOf(c) > 0)) return `${given[0]} must be above 0`;
    const rows = memory(c);
    if (!(rows > 0 && rows <= MAX_ROWS))
      return `${given[0]} forgets so slowly that no data are long enough`;
    return c.flag('adjust') && c.number('seed') > 1 ? 'adjust=true starts at one row' : undefined;
  },
  run(call) {
    const v = numbers(call, 0);
    const out = call.memory.numbers(call.rows);
    const warm = Math.max(call.constants.number('seed'), call.constants.number('warm'));
    const alpha = alphaOf(call.constants);
    if (call.constants.flag('adjust')) adjusted(v, alpha, warm, out);
    else plain(v, alpha, call.constants.number('seed'), warm, out);
    return numberSeries(out);
  },
  settled(call, settled) {
    const v = numbers(call, 0);
    let left = memory(call.constants);
    for (let i = settled; i < call.rows; i += 1) {
      const known = v[i] ?? Number.NaN;
      if (!Number.isNaN(known)) left -= 1;
      if (left < 0) return i;
    }
    return call.rows;
  },
});

function alphaOf(c: Constants): number {
  if (c.has('alpha')) return c.number('alpha');
  if (c.has('span')) return 2 / (c.number('span') + 1);
  return 1 - exp(-Math.LN2 / c.number('half_life'));
}

function memory(c: Constants): number {
  const alpha = alphaOf(c);
  return c.number('seed') + (alpha >= 1 ? 0 : Math.ceil(log(FORGOTTEN) / log(1 - alpha)));
}

function plain(
  v: Readonly<Float64Array>,
  alpha: number,
  seed: number,
  warm: number,
  out: Float64Array,
): void {
  let state = 0;
  let known = 0;
  for (let i = 0; i < v.length; i += 1) {
    const next = v[i] ?? Number.NaN;
    if (Number.isNaN(next)) {
      out[i] = Number.NaN;
      continue;
    }
    known += 1;
    const moved = known <= seed ? state + (next - state) / known : state + alpha * (next - state);
    if (moved - moved === 0) state = moved;
    out[i] = known < warm || moved - moved !== 0 ? Number.NaN : state;
  }
}

function adjusted(v: Readonly<Float64Array>, alpha: number, warm: number, out: Float64Array): void {
  let top = 0;
  let weight = 0;
  let known = 0;
  for (let i = 0; i < v.length; i += 1) {
    const next = v[i] ?? Number.NaN;
    if (Number.isNaN(next)) {
      out[i] = Number.NaN;
      continue;
    }
    known += 1;
    top = next + (1 - alpha) * top;
    weight = 1 + (1 - alpha) * weight;
    const value = top / weight;
    if (value - value !== 0) top = 0;
    out[i] = known < warm || value - value !== 0 ? Number.NaN : value;
  }
}

export const cumsum = defineOp({
  name: 'cumsum',
  doc: 'Sum of all known rows so far. Its level depends on the first row loaded: difference it.',
  example: 'diff(cumsum(signed_volume), 96)',
  args: [x],
  gives: 'number',
  unit: firstUnit,
  kind: 'expanding',
  fills: true,
  run(call) {
    const v = numbers(call, 0);
    const out = call.memory.numbers(call.rows);
    let sum = 0;
    let lost = 0;
    for (let i = 0; i < call.rows; i += 1) {
      const next = v[i] ?? Number.NaN;
      if (!Number.isNaN(next)) {
        const total = sum + next;
        lost += Math.abs(sum) >= Math.abs(next) ? sum - total + next : next - total + sum;
        sum = total;
      }
      const value = sum + lost;
      out[i] = !Number.isNaN(next) && value - value === 0 ? value : Number.NaN;
    }
    return numberSeries(out);
  },
});
