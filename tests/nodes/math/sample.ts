/*
 * The reproducible data of the methods reference, section 0: a linear congruential generator and sums of twelve
 * uniforms. Every number in the tests that names `series(…)` or `matrix(…)` was computed on it.
 */
import { type Matrix, matrix } from '../../../nodes/math/matrix.js';

/** Uniform draws in (0, 1) from a seed: x ← 48271·x mod 2³¹ − 1. */
export function uniforms(seed: number): () => number {
  let state = seed % 2147483647;
  return () => {
    state = (48271 * state) % 2147483647;
    return state / 2147483647;
  };
}

/** Draws close to standard normal: twelve uniforms less six. */
export function normals(seed: number): () => number {
  const uniform = uniforms(seed);
  return () => {
    let total = 0;
    for (let k = 0; k < 12; k++) total += uniform();
    return total - 6;
  };
}

/** T draws of mean mu and deviation sd. */
export function series(seed: number, rows: number, mu: number, sd: number): Float64Array {
  const normal = normals(seed);
  return Float64Array.from({ length: rows }, () => mu + sd * normal());
}

/** T × N draws with one common factor of correlation rho. */
export function factorMatrix(
  seed: number,
  rows: number,
  mu: number,
  sds: readonly number[],
  rho: number,
): Matrix {
  const normal = normals(seed);
  const out = matrix(rows, sds.length);
  for (let t = 0; t < rows; t++) {
    const factor = normal();
    for (const [j, sd] of sds.entries()) {
      const own = normal();
      out.values[t * sds.length + j] =
        mu + sd * (Math.sqrt(rho) * factor + Math.sqrt(1 - rho) * own);
    }
  }
  return out;
}
