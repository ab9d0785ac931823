/**
 * The functions whose last bit the language standard leaves open, in one place: V8 carries its own (fdlibm) versions,
 * equal on every machine for one V8, yet free to change between releases. To pin them, replace the bodies here.
 */
export const exp: (x: number) => number = Math.exp;
export const log: (x: number) => number = Math.log;
export const sin: (x: number) => number = Math.sin;

/** Exponents up to this size are worked out by multiplication alone. */
const MOST_FACTORS = 1024;

/**
 * x to the power y, without `Math.pow`, whose bits differ between Node 20 and 24. Whole exponents by repeated squaring,
 * ½ by a root, others through `exp(y log x)`. NaN where the result is not a real number.
 */
export function power(x: number, y: number): number {
  if (y === 0.5) return Math.sqrt(x);
  if (Number.isInteger(y) && Math.abs(y) <= MOST_FACTORS) {
    const size = wholePower(x, Math.abs(y));
    return y < 0 ? 1 / size : size;
  }
  if (x === 0) return y > 0 ? 0 : Number.NaN;
  return exp(y * log(x));
}

function wholePower(base: number, exponent: number): number {
  let result = 1;
  let square = base;
  for (let left = exponent; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result *= square;
    square *= square;
  }
  return result;
}
