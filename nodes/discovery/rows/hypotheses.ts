import type { Frame } from '../../../engine/sdk/index.js';

/** How a hypothesis can be judged. */
export type Judged = 'mean' | 'lift' | 'tail' | 'adverse' | 'hits' | 'upside';

/** A row of the grid as it is tested. */
export interface Hypothesis {
  readonly id: string;
  readonly event: string;
  readonly family: string;
  readonly template: string;
  /** Undefined where symbols are pooled. */
  readonly symbol: string | undefined;
  /** Column of its state; undefined without one. */
  readonly state: string | undefined;
  readonly judged: Judged;
  readonly filters: boolean;
  readonly direction: number;
  readonly hold: number;
  readonly lag: number;
  readonly outcome: string;
  readonly up: string | undefined;
  readonly down: string | undefined;
  readonly range: string | undefined;
  readonly fills: number;
  readonly needs: readonly string[];
}

const JUDGED: Readonly<Record<string, Judged>> = {
  lift: 'lift',
  tail: 'tail',
  adverse: 'adverse',
  hits: 'hits',
  upside: 'upside',
};

/** The grid, row by row. */
export function hypothesesOf(grid: Frame): readonly Hypothesis[] {
  const text = (name: string) => {
    const texts = grid.texts(name);
    return (row: number) => texts[row] ?? undefined;
  };
  const [id, event, family, template] = [
    text('id'),
    text('event'),
    text('family'),
    text('template'),
  ];
  const [symbol, state, judged, base] = [
    text('symbol'),
    text('state'),
    text('judged'),
    text('base'),
  ];
  const [outcome, up, down, range] = [text('outcome'), text('up'), text('down'), text('range')];
  const [horizon, lag, fills] = ['horizon', 'entry_lag', 'fills'].map((n) => grid.column(n));
  const needs = text('needs');
  return Array.from(grid.column('direction'), (direction, i) => {
    const named = state(i);
    return {
      id: id(i) ?? '',
      event: event(i) ?? '',
      family: family(i) ?? '',
      template: template(i) ?? '',
      symbol: symbol(i),
      state: named === undefined ? undefined : `${named.toLowerCase()}_flag`,
      judged: JUDGED[judged(i) ?? ''] ?? 'mean',
      filters: base(i) !== undefined,
      direction,
      hold: horizon?.[i] ?? NaN,
      lag: lag?.[i] ?? NaN,
      outcome: outcome(i) ?? '',
      up: up(i),
      down: down(i),
      range: range(i),
      fills: fills?.[i] ?? NaN,
      needs: (needs(i) ?? '').split('+'),
    };
  });
}
