import { MAX_ROWS } from '../../bounds.js';
import type { Constants } from '../../constants.js';
import { numberSeries, numbers } from '../../kernels/read.js';
import { exp, log } from '../../numeric.js';
import { defineOp } from '../../op.js';
import { firstUnit, x } from '../shared.js';

/** How much of a decaying memory is passed over when its reach is stated. */
const FORGOTTEN = 1e-12;

export const ema = defineOp({
  name: 'ema',
  doc: 'Exponential average, started at the mean of the first `seed` known rows. One of alpha, span, half_life. Missing before `seed` and before `warm` known rows; where x is missing it is too, and its state is kept.',
  formula:
    'y += α (x − y), α = 2 / (span + 1) = 1 − 2^(−1 / half_life); adjust: Σ (1 − α)ⁱ xₜ₋ᵢ / Σ (1 − α)ⁱ over the known rows',
  source: 'Brown (1959), Statistical Forecasting for Inventory Control',
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
  burnsIn: true,
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
  cases: [
    { call: 'ema(x, span=3)', rows: { x: [1, 2, null, 4] }, gives: [1, 1.5, null, 2.75] },
    { call: 'ema(x, alpha=0.5, seed=2)', rows: { x: [1, 3, 4] }, gives: [null, 2, 3] },
    { call: 'ema(x, half_life=1, warm=2)', rows: { x: [1, 2, 4] }, gives: [null, 1.5, 2.75] },
    {
      call: 'ema(x, alpha=0.5, adjust=true)',
      rows: { x: [1, 4, null, 7] },
      gives: [1, 3, null, 5.285714285714286],
    },
  ],
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

/** Known rows until the start no longer matters, and until it is told: what forgets at once may still have to warm up. */
function memory(c: Constants): number {
  const alpha = alphaOf(c);
  const decay = alpha >= 1 ? 0 : Math.ceil(log(FORGOTTEN) / log(1 - alpha));
  return Math.max(c.number('seed') + decay, c.number('warm') - 1);
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
