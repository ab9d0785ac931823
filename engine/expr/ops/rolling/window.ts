import type { Constants } from '../../constants.js';
import type { Arg, Call, ConstantArg } from '../../op.js';

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

/** The window of a call and the known rows it waits for. */
export function windowOf(
  call: Call,
  order: number,
): { readonly window: number; readonly min: number } {
  return { window: call.constants.number('window'), min: leastKnown(call.constants, order) };
}
