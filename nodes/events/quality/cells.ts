import type { SpecOf } from '../../../engine/sdk/index.js';
import type { event } from '../../kinds/event.js';
import { barsOf } from '../../kinds/occurrence.js';
import type { quality } from '../../kinds/quality.js';
import { nudgesOf } from '../rows/nudges.js';
import { broken } from './bounds.js';
import type { Changes } from './log.js';
import { type Measures, measured } from './measures.js';
import type { Grid, Seen } from './seen.js';

/** What one event is like in some symbols and years, and the bounds it breaks there. */
export interface Cell extends Measures {
  readonly reasons: readonly string[];
}

/** One event, to be measured over any part of its rows. */
export class Cells {
  readonly #cells = new Map<string, Cell>();

  constructor(
    readonly spec: SpecOf<typeof event>,
    /** In order of time. */
    readonly seen: readonly Seen[],
    /** Bars it could be looked for at. */
    readonly bars: readonly Grid[],
    /** undefined: its threshold was not moved. */
    readonly moved: Changes | undefined,
    readonly bounds: SpecOf<typeof quality>,
    readonly spacing: number,
  ) {}

  get symbols(): readonly string[] {
    return this.bars.map(({ symbol }) => symbol).sort();
  }

  get years(): readonly string[] {
    return [...new Set(this.bars.flatMap(({ years }) => [...years.keys()]))].sort();
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
    const here = this.seen.filter((one) => {
      return (symbol ?? one.symbol) === one.symbol && (year ?? one.year) === one.year;
    });
    const nudges = moved ? nudgesOf(spec.open, bounds.step) : [];
    const found = measured(
      here,
      this.#bars(symbol, year),
      this.#short,
      nudges.map(({ value, change }) => {
        return { change, count: here.length + (moved?.of(spec.id, value, symbol, year) ?? 0) };
      }),
    );
    return { ...found, reasons: here.length === 0 ? [] : broken(spec, bounds, found) };
  }

  /**
   * Longest distance that is short, ms: to the last of the `near` first bars at which the cooldown lets the event occur again.
   * Counted from the occurrence itself, none within the cooldown could ever be short.
   */
  get #short(): number {
    const quiet = barsOf(this.spec.cooldown) - 1;
    return (quiet + this.bounds.near) * this.spacing;
  }

  #bars(symbol: string | undefined, year: string | undefined): number {
    return this.bars
      .filter((one) => (symbol ?? one.symbol) === one.symbol)
      .flatMap(({ years }) => [...years].filter(([own]) => (year ?? own) === own))
      .reduce((sum, [, count]) => sum + count, 0);
  }
}
