import { inRange } from './guard.js';

/*
 * Math.pow gives different last bits on Node 20 and Node 24. These give the same ones everywhere: multiplication,
 * division and square roots are exact by IEEE 754, and V8's exp and log have been one fdlibm port throughout.
 */

/** xⁿ for a whole n by repeated squaring: the same bits on every machine. @throws math/out-of-range when n is not whole */
export function wholePower(x: number, n: number): number {
  inRange('the exponent', n, Number.isSafeInteger(n), 'a whole number');
  let base = x;
  let left = Math.abs(n);
  let out = 1;
  while (left > 0) {
    if (left % 2 === 1) out *= base;
    left = Math.floor(left / 2);
    if (left > 0) base *= base;
  }
  return n < 0 ? 1 / out : out;
}

/**
 * xʸ for a real y: exact powers by multiplication, halves by square root, the rest as exp(y·ln x).
 * The last form is right to about |y·ln x| units in the last place; NaN when x < 0 and y is not whole.
 */
export function power(x: number, y: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN;
  if (Number.isSafeInteger(y) && Math.abs(y) <= 1024) return wholePower(x, y);
  if (y === 0.5) return x === 0 ? 0 : Math.sqrt(x);
  if (x > 0) return Math.exp(y * Math.log(x));
  if (x === 0) return y > 0 ? 0 : Infinity;
  if (!Number.isInteger(y)) return NaN;
  const size = Math.exp(y * Math.log(-x));
  return y % 2 === 0 ? size : -size;
}

/** (1 + x)ʸ − 1 without losing a small x: compounding, annualising. NaN when x < −1. */
export function compounded(x: number, y: number): number {
  return Math.expm1(y * Math.log1p(x));
}
