import { asFlags, flagSeries, flags, numberSeries, slot, spreadFlags } from '../kernels/read.js';
import { type ConstantArg, defineOp, type SeriesArg } from '../op.js';
import { condition, pure } from './shared.js';

const flagArg = (name: string): SeriesArg => ({ name, is: 'series', type: 'boolean' });
const atMost: ConstantArg = { name: 'at_most', is: 'rows', least: 0, optional: true };

/** `bars_since(c, at_most)`. */
export const bars_since = defineOp({
  name: 'bars_since',
  doc: 'Rows since c was last true, 0 on it; missing before the first and beyond at_most. A missing c counts as not true.',
  example: 'bars_since(VOL_SHOCK) <= 96',
  args: [condition, atMost],
  gives: 'number',
  unit: pure,
  holes: 'make',
  fills: true,
  reach: (c) => (c.has('at_most') ? c.number('at_most') : 0),
  warmup: () => 0,
  kind: (c) => (c.has('at_most') ? 'finite' : 'resetting'),
  run(call) {
    const c = flags(call, 0);
    const most = call.constants.has('at_most') ? call.constants.number('at_most') : call.rows;
    const out = call.memory.numbers(call.rows);
    let last = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < call.rows; i += 1) {
      if (c[i] === 1) last = i;
      out[i] = i - last <= most ? i - last : Number.NaN;
    }
    return numberSeries(out);
  },
  settled(call, settled) {
    if (call.constants.has('at_most')) return settled + call.constants.number('at_most');
    return firstTrue(flags(call, 0), settled);
  },
});

/** `latch(on, off)`: hysteresis. */
export const latch = defineOp({
  name: 'latch',
  doc: 'True from `on`, false from `off`, else as before; `on` wins. Missing until the first of either, and where both inputs are missing.',
  example: 'latch(er_96 >= 0.30, er_96 <= 0.15)',
  args: [flagArg('on'), flagArg('off')],
  gives: 'boolean',
  unit: pure,
  kind: 'resetting',
  holes: 'make',
  fills: true,
  run(call) {
    const on = flags(call, 0);
    const off = flags(call, 1);
    const out = call.memory.flags(call.rows);
    let state = 255;
    for (let i = 0; i < call.rows; i += 1) {
      if (on[i] === 1) state = 1;
      else if (off[i] === 1) state = 0;
      out[i] = on[i] === 255 && off[i] === 255 ? 255 : state;
    }
    return flagSeries(out);
  },
  settled(call, settled) {
    return Math.min(firstTrue(flags(call, 0), settled), firstTrue(flags(call, 1), settled));
  },
});

/** `then(a, b, within, unless)`: the first b after a. */
// An export called `then` would make the module itself look like a promise.
export const followed = defineOp({
  name: 'then',
  doc: 'True at the first b within so many rows after the latest a, with no `unless` since. At one row: unless, then b, then a. Missing counts as not true.',
  example: 'then(armed, calm, 96)',
  args: [
    flagArg('a'),
    flagArg('b'),
    { name: 'within', is: 'rows', least: 1 },
    { name: 'unless', is: 'series', type: 'boolean', optional: true },
  ],
  gives: 'boolean',
  unit: pure,
  holes: 'never',
  fills: true,
  reach: (c) => c.number('within'),
  warmup: () => 0,
  run(call) {
    const a = flags(call, 0);
    const b = flags(call, 1);
    const guard = slot(call, 'unless');
    const unless = guard === undefined ? undefined : spreadFlags(asFlags(guard.series), call.rows);
    const within = call.constants.number('within');
    const out = call.memory.flags(call.rows);
    let armed = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < call.rows; i += 1) {
      if (unless?.[i] === 1) armed = Number.NEGATIVE_INFINITY;
      const fires = b[i] === 1 && i - armed <= within;
      if (b[i] === 1) armed = Number.NEGATIVE_INFINITY;
      if (a[i] === 1) armed = i;
      out[i] = fires ? 1 : 0;
    }
    return flagSeries(out);
  },
});

/** `cooldown(c, n)`: greedy thinning. */
export const cooldown = defineOp({
  name: 'cooldown',
  doc: 'c, thinned: after a kept row the next n − 1 are false. Missing until n − 1 quiet rows have been seen, as what came before is unknown.',
  example: 'cooldown(rises(far), 6)',
  args: [condition, { name: 'n', is: 'rows', least: 1 }],
  gives: 'boolean',
  unit: pure,
  kind: 'resetting',
  holes: 'make',
  run(call) {
    const c = flags(call, 0);
    const n = call.constants.number('n');
    const out = call.memory.flags(call.rows).fill(255);
    let kept = Number.NEGATIVE_INFINITY;
    for (let i = firstAfterQuiet(c, n, 0); i < call.rows; i += 1) {
      const open = i - kept >= n;
      out[i] = open ? (c[i] ?? 255) : 0;
      if (open && c[i] === 1) kept = i;
    }
    return flagSeries(out);
  },
  settled(call, settled) {
    return firstAfterQuiet(flags(call, 0), call.constants.number('n'), settled);
  },
});

/** The first row that follows n − 1 rows known to be false. */
function firstAfterQuiet(c: Readonly<Uint8Array>, n: number, from: number): number {
  let quiet = 0;
  for (let i = from; i < c.length; i += 1) {
    if (quiet >= n - 1) return i;
    quiet = c[i] === 0 ? quiet + 1 : 0;
  }
  return c.length;
}

function firstTrue(c: Readonly<Uint8Array>, from: number): number {
  const at = c.indexOf(1, from);
  return at < 0 ? c.length : at;
}
