import type { SpecOf } from '../../../engine/sdk/index.js';
import type { event } from '../../kinds/event.js';
import type { quality } from '../../kinds/quality.js';
import { type Nudge, nudgesOf } from '../rows/nudges.js';
import type { Grid } from './bars.js';
import { broken } from './bounds.js';
import type { Changes } from './log.js';
import { type Measures, measured } from './measures.js';
import type { Seen } from './seen.js';

/** What one event is like in some symbols and years, and the bounds it breaks there. */
export interface Cell extends Measures {
  readonly reasons: readonly string[];
}

/** One event, to be measured over any part of its rows. */
export class Cells {
  readonly symbols: readonly string[];
  readonly years: readonly string[];
  readonly #cells = new Map<string, Cell>();
  readonly #nudges: readonly Nudge[];

  constructor(
    readonly spec: SpecOf<typeof event>,
    readonly seen: Seen,
    /** Bars it could be looked for at. */
    readonly bars: readonly Grid[],
    /** undefined: its threshold was not moved. */
    readonly moved: Changes | undefined,
    readonly bounds: SpecOf<typeof quality>,
  ) {
    this.symbols = bars.map(({ symbol }) => symbol).sort();
    this.years = [...new Set(bars.flatMap(({ years }) => [...years.keys()]))].sort();
    this.#nudges = moved ? nudgesOf(spec.open, bounds.step) : [];
  }

  /** @param symbol  undefined: all. @param year  undefined: all. */
  at(symbol?: string, year?: string): Cell {
    const key = `${symbol ?? ''}\n${year ?? ''}`;
    const cell = this.#cells.get(key) ?? this.#measured(symbol, year);
    this.#cells.set(key, cell);
    return cell;
  }

  #measured(symbol: string | undefined, year: string | undefined): Cell {
    const { spec, bounds, moved } = this;
    const here = this.seen.in(symbol, year);
    const under = this.#nudges.map(({ value, change }) => {
      return { change, count: here.count + (moved?.of(spec.id, value, symbol, year) ?? 0) };
    });
    const found = measured(here, this.#bars(symbol, year), under);
    return { ...found, reasons: here.count === 0 ? [] : broken(spec, bounds, found) };
  }

  #bars(symbol: string | undefined, year: string | undefined): number {
    return this.bars
      .filter((one) => (symbol ?? one.symbol) === one.symbol)
      .flatMap(({ years }) => [...years].filter(([own]) => (year ?? own) === own))
      .reduce((sum, [, count]) => sum + count, 0);
  }
}
