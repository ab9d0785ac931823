import { asFlags, asNumbers, asTexts, input } from '../../kernels/read.js';
import type { Call } from '../../op.js';
import type { FlagSeries, NumberSeries, TextSeries } from '../../types.js';

/** Whether the two inputs of a call are equal, row by row: 1, 0, or 255 where either is missing. */
export function same(call: Call): Uint8Array {
  const a = input(call, 0).series;
  const b = input(call, 1).series;
  const out = call.memory.flags(call.rows);
  if (a.type === 'number') sameNumbers(a, asNumbers(b), out);
  else if (a.type === 'boolean') sameFlags(a, asFlags(b), out);
  else sameTexts(a, asTexts(b), out);
  return out;
}

function sameNumbers(
  { data: a, mask: left }: NumberSeries,
  { data: b, mask: right }: NumberSeries,
  out: Uint8Array,
): void {
  for (let i = 0; i < out.length; i += 1) {
    const u = a[i & left] ?? 0;
    const v = b[i & right] ?? 0;
    const holds = Number(u === v);
    out[i] = holds | (holds + Number(u < v) + Number(u > v) - 1);
  }
}

function sameFlags(a: FlagSeries, b: FlagSeries, out: Uint8Array): void {
  for (let i = 0; i < out.length; i += 1) {
    const u = a.data[i & a.mask];
    const v = b.data[i & b.mask];
    out[i] = u === 255 || v === 255 ? 255 : u === v ? 1 : 0;
  }
}

/** Texts of two columns have codes of their own, so words are compared. */
function sameTexts(a: TextSeries, b: TextSeries, out: Uint8Array): void {
  for (let i = 0; i < out.length; i += 1) {
    const u = a.words[a.data[i & a.mask] ?? -1];
    const v = b.words[b.data[i & b.mask] ?? -1];
    out[i] = u === undefined || v === undefined ? 255 : u === v ? 1 : 0;
  }
}
