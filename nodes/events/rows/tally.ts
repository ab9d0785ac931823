import type { Frame, Program, SpecOf } from '../../../engine/sdk/index.js';
import { isSound } from '../../kinds/detector.js';
import type { event } from '../../kinds/event.js';
import type { Divided } from './looked.js';

/** How often an event occurred, or why it could not be looked for. */
export interface Tally {
  readonly [key: string]: unknown;
  readonly event: string;
  readonly family: string;
  readonly available: boolean;
  /** Whether something stands in for data it would want. */
  readonly proxy: boolean;
  /** Ports and columns it misses. */
  readonly needs: readonly string[];
  /** Symbols it could not be looked for in, by what they have no row or value of. */
  readonly without: Readonly<Record<string, readonly string[]>>;
  /** Bars of the symbols it could be looked for in. */
  readonly bars: number;
  readonly count: number;
  readonly by_symbol: Readonly<Record<string, number>>;
}

/** @param program  of the rule as it is: what it misses. */
export function tallyOf(
  spec: SpecOf<typeof event>,
  program: Program,
  found: Frame,
  { looked, without }: Divided,
): Tally {
  const by_symbol = Object.fromEntries(looked.map(({ symbol }) => [symbol, 0]));
  for (const symbol of found.texts('symbol')) {
    if (symbol !== null) by_symbol[symbol] = (by_symbol[symbol] ?? 0) + 1;
  }
  const missed = looked.length > 0 ? [] : Object.values(without).flat();
  return {
    event: spec.id,
    family: spec.family,
    available: isSound(program) && looked.length > 0,
    proxy: spec.proxy !== undefined,
    needs: [...new Set([...program.needs.keys(), ...missed])].sort(),
    without,
    bars: looked.reduce((sum, { frames }) => sum + (frames.self?.length ?? 0), 0),
    count: found.length,
    by_symbol,
  };
}
