import type { Context, Frame, Gathered, Numbers } from '../../../engine/sdk/index.js';
import { fundingHeld } from '../../math/funding-held.js';
import { indexOfValue } from '../../math/locate.js';

/** What outcomes of one symbol are read from. */
export interface Place {
  readonly symbol: string;
  readonly times: Numbers;
  readonly targets: Frame;
  readonly states: Frame | undefined;
  /** Undefined where positions pay none, or no print says what it was. */
  readonly prints: Frame | undefined;
}

type Tables = readonly Gathered<Frame>[] | undefined;

/** A place a symbol. Without a single print, funding of a symbol is not known: it is left out, and that is told. */
export function placesOf(
  targets: readonly Gathered<Frame>[],
  states: Tables,
  funding: Tables,
  ctx: Context,
): readonly Place[] {
  return targets.map(({ at, value }) => {
    const symbol = at.symbol ?? ctx.refuse('discovery/no-symbol');
    const of = (tables: Tables) => tables?.find((table) => table.at.symbol === symbol)?.value;
    const prints = of(funding);
    if (funding && (prints === undefined || prints.length === 0)) {
      ctx.warn('discovery/unfunded', { symbol });
    }
    return {
      symbol,
      times: value.time('ts'),
      targets: value,
      states: of(states),
      prints: prints?.length === 0 ? undefined : prints,
    };
  });
}

/** What a long position of one unit brings, by the row it was decided at: the outcome less the funding it pays. */
export function longReturns(
  { symbol, times, targets, prints }: Place,
  outcome: string,
  held: { readonly lag: number; readonly hold: number },
  ctx: Context,
): Numbers {
  if (!targets.has(outcome)) ctx.refuse('discovery/no-outcome', { symbol, outcome });
  const returns = targets.column(outcome);
  if (!prints) return returns;
  const paid = fundingHeld(times, prints.time('ts'), prints.column('rate'), held);
  return returns.map((x, row) => x - (paid[row] ?? NaN));
}

/** Whether a state held at a bar: false where it did not, or cannot be told. */
export function stateHeld({ symbol, states }: Place, state: string, ts: number, ctx: Context) {
  const column = `${state.toLowerCase()}_flag`;
  if (!states?.has(column)) ctx.refuse('discovery/no-state', { symbol, state });
  const row = indexOfValue(states.time('ts'), ts);
  return row >= 0 && states.flags(column)[row] === 1;
}
