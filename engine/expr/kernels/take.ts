import type { Memory } from '../op.js';
import { SERIES, type Series } from '../types.js';
import { spreadFlags } from './read.js';

const NO_TEXT = 0xffff_ffff;

/** A series at the given rows of it; a row of −1 is missing. */
export function takeRows(series: Series, rows: Readonly<Int32Array>, memory: Memory): Series {
  if (series.type === 'number') {
    const out = memory.numbers(rows.length);
    takeNumbers(series.data, series.mask, rows, out);
    return { type: 'number', data: out, mask: SERIES };
  }
  if (series.type === 'boolean') {
    const out = memory.flags(rows.length);
    takeFlags(series.data, series.mask, rows, out);
    return { type: 'boolean', data: out, mask: SERIES };
  }
  const out = new Uint32Array(rows.length);
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[i] ?? -1;
    out[i] = row < 0 ? NO_TEXT : (series.data[row & series.mask] ?? NO_TEXT);
  }
  return { type: 'text', data: out, words: series.words, mask: SERIES };
}

function takeNumbers(
  data: Readonly<Float64Array>,
  mask: number,
  rows: Readonly<Int32Array>,
  out: Float64Array,
): void {
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[i] ?? -1;
    out[i] = row < 0 ? Number.NaN : (data[row & mask] ?? Number.NaN);
  }
}

function takeFlags(
  data: Readonly<Uint8Array>,
  mask: number,
  rows: Readonly<Int32Array>,
  out: Uint8Array,
): void {
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[i] ?? -1;
    out[i] = row < 0 ? 255 : (data[row & mask] ?? 255);
  }
}

/** A series `k` rows later (earlier if negative); what comes from beyond its ends is missing. */
export function shift(series: Series, k: number, rows: number, memory: Memory): Series {
  const from = Math.min(rows, Math.max(0, k));
  const to = Math.max(0, Math.min(rows, rows + k));
  if (series.type === 'number' && series.mask === SERIES) {
    const out = memory.numbers(rows).fill(Number.NaN, 0, from).fill(Number.NaN, to);
    if (to > from) out.set(series.data.subarray(from - k, to - k), from);
    return { type: 'number', data: out, mask: SERIES };
  }
  if (series.type === 'boolean') {
    const out = memory.flags(rows).fill(255, 0, from).fill(255, to);
    if (to > from) out.set(spreadFlags(series, rows).subarray(from - k, to - k), from);
    return { type: 'boolean', data: out, mask: SERIES };
  }
  const back = new Int32Array(rows).fill(-1);
  for (let i = from; i < to; i += 1) back[i] = i - k;
  return takeRows(series, back, memory);
}
