import type { Constants } from '../constants.js';
import type { Arg, ConstantArg, SeriesArg } from '../op.js';
import { ANY, agree, PURE, type Unit } from '../unit.js';

/** A number series. */
export const x: SeriesArg = { name: 'x', is: 'series', type: 'number' };
/** A second number series. */
export const y: SeriesArg = { name: 'y', is: 'series', type: 'number' };
/** A condition. */
export const condition: SeriesArg = { name: 'c', is: 'series', type: 'boolean' };

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

/** A pure number from arguments that must agree, as in a comparison. */
export function pureIfSame(units: readonly Unit[]): Unit | undefined {
  return sameUnit(units) === undefined ? undefined : PURE;
}

/** The arguments `window` and `min` of a rolling statistic that needs at least `order` known rows. */
export function windowArgs(order: number): readonly Arg[] {
  const window: ConstantArg = { name: 'window', is: 'rows', least: order, all: true };
  const min: ConstantArg = {
    name: 'min',
    is: 'rows',
    least: 1,
    all: true,
    default: (given) =>
      given.number('window') === Number.POSITIVE_INFINITY ? order : given.number('window'),
  };
  return [window, min];
}

/** Known rows a rolling statistic of this order waits for; a `min` of `all`, as composed formulas pass it on, asks for no more. */
export function leastKnown(constants: Constants, order: number): number {
  const min = constants.number('min');
  return min === Number.POSITIVE_INFINITY ? order : Math.max(order, min);
}

/** What all rolling statistics share: facts from `window` and `min`. */
export function rolling(order: number) {
  return {
    reach: (c: Constants): number =>
      c.number('window') === Number.POSITIVE_INFINITY
        ? leastKnown(c, order) - 1
        : c.number('window') - 1,
    warmup: (c: Constants): number => leastKnown(c, order) - 1,
    kind: (c: Constants) =>
      c.number('window') === Number.POSITIVE_INFINITY
        ? ('expanding' as const)
        : ('finite' as const),
    /** With fewer known rows than the window has, a row that is missing is passed over: its neighbours decide. */
    fills: (c: Constants): boolean => leastKnown(c, order) < c.number('window'),
    check: (c: Constants): string | undefined =>
      c.number('min') === Number.POSITIVE_INFINITY && Number.isFinite(c.number('window'))
        ? `min=all needs window=all, and the window has ${c.number('window')} rows`
        : leastKnown(c, order) > c.number('window')
          ? `min=${c.number('min')} is more than the window of ${c.number('window')} rows holds, so it would never be known`
          : undefined,
    costly: true as const,
    commutes: true as const,
  };
}
