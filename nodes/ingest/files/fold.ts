import { numbersOf } from '../../math/vector.js';
import type { Merged } from './merge.js';
import type { Step } from './step.js';
import { clock, intervalOf, type Tally } from './tell.js';

/** How a column of finer bars becomes one of coarser bars; what is not named is added up. */
const FIRST = new Set(['open']);
const HIGHEST = new Set(['high']);
const LOWEST = new Set(['low']);
const LAST = new Set(['close', 'close_ts']);

/** Powers of ten by which decimals become whole numbers; exchanges give eight decimals at most. */
const SCALES = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10] as const;

/** Below it a double times its scale is off by less than half, so that rounding finds the whole number it stands for. */
const MOST_WHOLE = 2_251_799_813_685_248; // 2⁵¹

/**
 * Finer bars put together to bars of a coarser interval, as an exchange does it: first open, highest high, lowest low, last
 * close, and sums. A bar that lacks some of its finer bars is left out and counted: half a bar is no bar. A bar of which a finer
 * one is broken has no values and is counted: the others would hide what is wrong, and nothing told cleaning.
 * @param bars    In order of time, each once, on the grid of `finer`.
 * @param broken  1 where a finer bar breaks a rule.
 */
export function fold(
  bars: Merged,
  broken: Uint8Array,
  finer: number,
  coarser: Step,
  tally: Tally,
): Merged {
  const sizeAt = (at: number) => sizeOf(bars.ts[at] ?? 0, coarser, finer);
  const starts = wholeBars(bars.ts, coarser, finer, tally);
  const spoilt = starts.map((at) => broken.subarray(at, at + sizeAt(at)).includes(1));
  const open = starts[spoilt.indexOf(true)];
  if (open !== undefined) {
    const facts = { time: clock(bars.ts[open] ?? 0), interval: intervalOf(finer) };
    tally.add('ingest/faulty-parts', spoilt.filter(Boolean).length, () => facts);
  }
  const columns = new Map<string, Float64Array>();
  for (const [name, values] of bars.columns) {
    columns.set(
      name,
      numbersOf(starts.length, (bar) => {
        const at = starts[bar] ?? 0;
        return spoilt[bar] ? Number.NaN : folded(name, values, at, at + sizeAt(at));
      }),
    );
  }
  return { ts: numbersOf(starts.length, (bar) => bars.ts[starts[bar] ?? 0] ?? 0), columns };
}

/** How many finer bars make up the coarser one that opens then. */
function sizeOf(open: number, coarser: Step, finer: number): number {
  return (coarser.end(open) - open) / finer;
}

/** Where the finer bars of each whole coarser bar begin. */
function wholeBars(
  ts: Float64Array,
  coarser: Step,
  finer: number,
  tally: Tally,
): readonly number[] {
  const starts: number[] = [];
  let at = 0;
  while (at < ts.length) {
    const open = coarser.open(ts[at] ?? 0);
    const close = coarser.end(open);
    let end = at;
    while (end < ts.length && (ts[end] ?? 0) < close) end += 1;
    if (end - at === sizeOf(open, coarser, finer)) starts.push(at);
    else {
      const facts = { time: clock(open), interval: intervalOf(finer) };
      tally.add('ingest/incomplete-bars', 1, () => facts);
    }
    at = end;
  }
  return starts;
}

function folded(name: string, values: Float64Array, from: number, to: number): number {
  if (FIRST.has(name)) return values[from] ?? Number.NaN;
  if (LAST.has(name)) return values[to - 1] ?? Number.NaN;
  if (HIGHEST.has(name)) return extreme(values, from, to, Math.max);
  if (LOWEST.has(name)) return extreme(values, from, to, Math.min);
  return decimalSum(values, from, to);
}

/** A year of minutes is more than a call takes as arguments. NaN where a part is none. */
function extreme(
  values: Float64Array,
  from: number,
  to: number,
  further: (a: number, b: number) => number,
): number {
  let found = values[from] ?? Number.NaN;
  for (let i = from + 1; i < to; i++) found = further(found, values[i] ?? Number.NaN);
  return found;
}

/**
 * The sum of decimals as their exact sum rounded once, so that it equals what the exchange wrote: values are whole numbers of
 * some power of ten. Where their sum is more than a double holds, their digits are added. NaN where a part is none.
 */
export function decimalSum(values: Float64Array, from: number, to: number): number {
  for (const scale of SCALES) {
    let sum = 0;
    let exact = true;
    for (let i = from; i < to && exact; i++) {
      const value = values[i] ?? Number.NaN;
      const whole = Math.round(value * scale);
      sum += whole;
      exact = whole / scale === value && Math.abs(sum) <= MOST_WHOLE;
    }
    if (exact) return sum / scale;
  }
  return sumOfDigits(values.subarray(from, to));
}

const DIGITS = /^(-?)(\d+)(?:\.(\d+))?(?:e([-+]\d+))?$/;

/** The slow way: each value as the shortest decimal that stands for it, which is what was written in the file. */
function sumOfDigits(values: Float64Array): number {
  const parts: { readonly digits: bigint; readonly power: number }[] = [];
  for (const value of values) {
    const match = DIGITS.exec(String(value));
    if (!match) return Number.NaN; // missing; files hold no infinities
    const [, sign = '', whole = '', decimals = '', power = '0'] = match;
    const digits = BigInt(`${sign}${whole}${decimals}`);
    parts.push({ digits, power: Number(power) - decimals.length });
  }
  const least = parts.reduce((least, { power }) => Math.min(least, power), 0);
  let sum = 0n;
  for (const { digits, power } of parts) sum += digits * BigInt(`1${'0'.repeat(power - least)}`);
  return Number(`${sum}e${least}`);
}
