import { sameSize } from './guard.js';

/** Numbers that a kernel reads and never writes: a Float64Array, or a plain list in a test. NaN is missing. */
export type Vector = ArrayLike<number>;

/** A number for each place, in a loop: `Float64Array.from` with a function takes ten times as long. */
export function numbersOf(length: number, at: (i: number) => number): Float64Array {
  const out = new Float64Array(length);
  for (let i = 0; i < length; i++) out[i] = at(i);
  return out;
}

/** Σ aᵢ·bᵢ, added from the first to the last; NaN if any factor is. @throws math/sizes-differ */
export function dot(a: Vector, b: Vector): number {
  sameSize('the factors of a dot product', a.length, b.length);
  let total = 0;
  for (let i = 0; i < a.length; i++) total += (a[i] ?? NaN) * (b[i] ?? NaN);
  return total;
}
