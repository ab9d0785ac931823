import { MathRefusal } from './refusal.js';
import type { Vector } from './vector.js';

/** Stop unless there are at least `least` values. @throws math/too-few-rows */
export function atLeast(what: string, found: number, least: number): void {
  if (!(found >= least)) throw new MathRefusal('math/too-few-rows', { what, least, found });
}

/** Stop unless every value is finite. @throws math/not-finite with the first bad index */
export function allFinite(what: string, values: Vector): void {
  for (let index = 0; index < values.length; index++) {
    if (!Number.isFinite(values[index])) throw new MathRefusal('math/not-finite', { what, index });
  }
}

/** Stop unless two sizes are one. @throws math/sizes-differ */
export function sameSize(what: string, first: number, second: number): void {
  if (first !== second) throw new MathRefusal('math/sizes-differ', { what, first, second });
}

/** Stop unless an argument is as it must be, in words. @throws math/out-of-range */
export function inRange(name: string, found: number, holds: boolean, must: string): void {
  if (!holds) throw new MathRefusal('math/out-of-range', { name, found: String(found), must });
}

/** Stop unless an argument is a whole number of at least `least`. @throws math/out-of-range */
export function wholeAtLeast(name: string, found: number, least: number): void {
  const holds = Number.isSafeInteger(found) && found >= least;
  inRange(name, found, holds, `a whole number, ${least} or more`);
}
