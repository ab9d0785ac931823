import { Frame, flagColumn, textColumn } from '../../../engine/sdk/index.js';
import type { Cell, Cells } from './cells.js';

interface Row extends Cell {
  readonly event: string;
  readonly symbol: string;
  readonly year: string;
}

const ALL_SYMBOLS = 'ALL';
const ALL_YEARS = 'all';
const NUMBERS = [
  'bars',
  'count',
  'per_10k',
  'clustered',
  'joined',
  'up',
  'down',
  'near_gaps',
  'elasticity',
] as const;

/** Every event by symbol and year, and in all. */
export function tableOf(all: readonly Cells[]): Frame {
  const rows = all.flatMap(rowsOf).sort(inOrder);
  const numbers = NUMBERS.map((name) => [name, rows.map((row) => row[name])] as const);
  return Frame.of(
    {
      event: textColumn(rows.map(({ event }) => event)),
      symbol: textColumn(rows.map(({ symbol }) => symbol)),
      year: textColumn(rows.map(({ year }) => year)),
      ...Object.fromEntries(numbers),
      e1_pass: flagColumn(rows.map((row) => (row.count === 0 ? null : row.reasons.length === 0))),
      reasons: textColumn(
        rows.map(({ reasons }) => (reasons.length === 0 ? null : reasons.join(' + '))),
      ),
    },
    { bars: 'bars' },
  );
}

function rowsOf(cells: Cells): readonly Row[] {
  const event = cells.spec.id;
  return [undefined, ...cells.symbols].flatMap((symbol) =>
    [undefined, ...cells.years].map((year) => ({
      event,
      symbol: symbol ?? ALL_SYMBOLS,
      year: year ?? ALL_YEARS,
      ...cells.at(symbol, year),
    })),
  );
}

function inOrder(a: Row, b: Row): number {
  return byUnits(a.event, b.event) || byUnits(a.symbol, b.symbol) || byUnits(a.year, b.year);
}

function byUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
