import {
  type Frame,
  type Gathered,
  MISSING_FLAG,
  type Numbers,
} from '../../../engine/sdk/index.js';
import { lowerBound } from '../../math/locate.js';

type Values = Uint8Array<ArrayBuffer>;

/** Columns of an event: it occurs, it is active, it was told a bar ago. */
export function flagNames(event: string): readonly [string, string, string] {
  const own = event.toLowerCase();
  return [`${own}_event`, `${own}_active`, `${own}_signal`];
}

/** Flags of one event on the grid of one symbol. */
export class EventFlags {
  readonly #grid: Numbers;
  /** It occurs. */
  readonly impulse: Values;
  readonly active: Values;
  /** It was told a bar ago. */
  readonly signal: Values;

  /** @param known  false where the rule can tell, missing where it cannot; what is told a bar later is known a bar later. */
  constructor(grid: Numbers, known: Values) {
    this.#grid = grid;
    this.impulse = known;
    this.active = Uint8Array.from(known);
    this.signal = new Uint8Array(known.length).fill(MISSING_FLAG);
    this.signal.set(known.subarray(0, -1), 1);
  }

  /** An occurrence at a row, active up to and with a time. */
  mark(row: number, until: number): void {
    this.impulse[row] = 1;
    this.active.fill(1, row, lowerBound(this.#grid, until + 1));
    if (row + 1 < this.signal.length) this.signal[row + 1] = 1;
  }
}

/** From a row on the rule of an event can tell, or cannot. */
interface Turn {
  readonly row: number;
  readonly known: boolean;
}

/** False where the rule of an event can tell, missing elsewhere. @param coverage  One or more tables of that contract. */
export function toldIn(
  event: string,
  symbol: string,
  grid: Numbers,
  coverage: readonly Gathered<Frame>[],
): Values {
  const known = new Uint8Array(grid.length).fill(MISSING_FLAG);
  for (const turn of turnsIn(event, symbol, grid, coverage))
    known.fill(turn.known ? 0 : MISSING_FLAG, turn.row);
  return known;
}

/** Rows of a grid from which on the rule of an event can tell, or cannot, ascending; before the first it cannot. */
export function turnsIn(
  event: string,
  symbol: string,
  grid: Numbers,
  coverage: readonly Gathered<Frame>[],
): readonly Turn[] {
  const turns: Turn[] = [];
  for (const { value } of coverage) {
    const names = value.get('symbol');
    if (!value.has(event) || names.dtype !== 'text') continue;
    const [times, flags] = [value.time('ts'), value.flags(event)];
    const own = names.words.indexOf(symbol);
    let told = false;
    for (let i = 0; i < flags.length; i += 1) {
      const known = flags[i] === 1;
      if (known === told || names.codes[i] !== own) continue;
      told = known;
      const row = lowerBound(grid, times[i] ?? Number.NaN);
      // What a table says holds from there on, whatever one before it said of later rows.
      while ((turns.at(-1)?.row ?? -1) >= row) turns.pop();
      turns.push({ row, known });
    }
  }
  return turns;
}
