import { CONSTANT, type FlagSeries } from '../types.js';

/*
 * Kleene's logic on flags, four rows at a time: a row is a byte, 0 false, 1 true, 255 missing, and what is written here of one
 * byte holds for each byte of a word of four.
 */

/** The lowest bit of each byte. */
const LOW = 0x01010101;

/** Whether both hold: false if either is false, else missing if either is missing. */
export function both(a: FlagSeries, b: FlagSeries, out: Uint8Array): void {
  const [p, q, left, right] = [wordsOf(a), wordsOf(b), a.mask, b.mask];
  const words = wholeWords(out);
  for (let i = 0; i < words.length; i += 1) words[i] = and(p[i & left] ?? 0, q[i & right] ?? 0);
  for (let i = 4 * words.length; i < out.length; i += 1)
    out[i] = and(a.data[i & left] ?? 0, b.data[i & right] ?? 0);
}

/** Whether either holds: true if either is true, else missing if either is missing. */
export function either(a: FlagSeries, b: FlagSeries, out: Uint8Array): void {
  const [p, q, left, right] = [wordsOf(a), wordsOf(b), a.mask, b.mask];
  const words = wholeWords(out);
  for (let i = 0; i < words.length; i += 1) words[i] = or(p[i & left] ?? 0, q[i & right] ?? 0);
  for (let i = 4 * words.length; i < out.length; i += 1)
    out[i] = or(a.data[i & left] ?? 0, b.data[i & right] ?? 0);
}

/** The opposite; missing stays missing. */
export function opposite(a: FlagSeries, out: Uint8Array): void {
  const [p, mask] = [wordsOf(a), a.mask];
  const words = wholeWords(out);
  for (let i = 0; i < words.length; i += 1) words[i] = not(p[i & mask] ?? 0);
  for (let i = 4 * words.length; i < out.length; i += 1) out[i] = not(a.data[i & mask] ?? 0);
}

/** Where neither is false both have their lowest bit, and what is missing on either side shows in all bits of `u | v`. */
function and(u: number, v: number): number {
  return (u | v) & Math.imul(u & v & LOW, 255);
}

/** As `u | v`, but of what is true on either side only the lowest bit. */
function or(u: number, v: number): number {
  return (u | v) & ~Math.imul(sure(u) | sure(v), 254);
}

/** Turns the lowest bit round where the highest, which tells what is missing, is not set. */
function not(u: number): number {
  return u ^ (~(u >>> 7) & LOW);
}

/** 1 where true, 0 where false or missing. */
function sure(u: number): number {
  return u & ~(u >>> 7) & LOW;
}

function wholeWords(flags: Uint8Array): Int32Array {
  return new Int32Array(flags.buffer, flags.byteOffset, flags.length >> 2);
}

/** Words can be read only where they start on a multiple of four bytes: other flags are copied. A constant fills its word. */
function wordsOf({ data, mask }: FlagSeries): Readonly<Int32Array> {
  if (mask === CONSTANT) return Int32Array.of(Math.imul(data[0] ?? 255, LOW));
  return wholeWords(data.byteOffset % 4 === 0 ? data : data.slice());
}
