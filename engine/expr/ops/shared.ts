import type { SeriesArg } from '../op.js';
import { ANY, agree, PURE, type Unit } from '../unit.js';

/** A number series under a name. */
export const number = (name: string): SeriesArg => ({ name, is: 'series', type: 'number' });
/** A series of flags under a name. */
export const flag = (name: string): SeriesArg => ({ name, is: 'series', type: 'boolean' });
/** A series of any type under a name; with `rest` all further arguments, at least that many. */
export const any = (name: string, rest?: number): SeriesArg =>
  rest === undefined
    ? { name, is: 'series', type: 'any' }
    : { name, is: 'series', type: 'any', rest };

export const x = number('x');
export const y = number('y');
export const anyX = any('x');
export const anyY = any('y');
export const condition = flag('c');

/** All units agree; the result has theirs. */
export function sameUnit(units: readonly Unit[]): Unit | undefined {
  let shared: Unit = ANY;
  for (const unit of units) {
    const both = agree(shared, unit);
    if (both === undefined) return undefined;
    shared = both;
  }
  return shared;
}

/** The unit of the first argument, or a pure number where there is none. */
export function firstUnit(units: readonly Unit[]): Unit {
  return units[0] ?? PURE;
}

/** A pure number, whatever the arguments are. */
export function pure(): Unit {
  return PURE;
}

/** A pure number from a pure number. */
export function pureOnly([unit = PURE]: readonly Unit[]): Unit | undefined {
  return agree(unit, PURE) === undefined ? undefined : PURE;
}

/** A pure number from arguments that must agree, as in a comparison. */
export function pureIfSame(units: readonly Unit[]): Unit | undefined {
  return sameUnit(units) === undefined ? undefined : PURE;
}
