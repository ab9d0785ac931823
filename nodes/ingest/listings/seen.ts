import { cellsOf } from './cells.js';
import type { Universe } from './declared.js';
import type { Find } from './files.js';
import type { Listed, Listing } from './listing.js';
import { nameOf, type Refuse } from './problems.js';

type Bars = NonNullable<Universe['bars']>;

/** From the open of the first bar to the close of the last one. */
interface Seen {
  readonly from: number;
  readonly to: number;
}

/**
 * Symbols by the first and last bar of files: a stand-in for lists. A symbol may have been listed before its first file, and one whose
 * bars stop is taken to be dead unless they stop where the newest ones of all do.
 */
export async function seenIn(find: Find, bars: Bars, refuse: Refuse): Promise<Listed> {
  const found = new Map<string, Seen>();
  for (const path of find(bars.names)) {
    for (const [symbol, seen] of await seenOf(path, bars, refuse)) {
      const before = found.get(symbol) ?? seen;
      const [from, to] = [Math.min(before.from, seen.from), Math.max(before.to, seen.to)];
      found.set(symbol, { from, to });
    }
  }
  const asOf = [...found.values()].reduce(
    (max, { to }) => Math.max(max, to),
    Number.NEGATIVE_INFINITY,
  );
  const rows = [...found].map(([symbol, { from, to }]): Listing => {
    const delisted = to < asOf - bars.active ? to : Number.NaN;
    return { symbol, listed: from, delisted, category: null, evidence: 'bars' };
  });
  return { rows, asOf };
}

async function seenOf(
  path: string,
  { symbol, opens, spacing }: Bars,
  refuse: Refuse,
): Promise<readonly (readonly [string, Seen])[]> {
  if (!opens || symbol === undefined) return namedSpan(nameOf(path));
  const cells = await cellsOf(path, [symbol], [opens], refuse);
  const found = new Map<string, Seen>();
  for (let row = 0; row < cells.length; row++) {
    const [name, open] = [cells.text(symbol, row), cells.time(opens, row)];
    if (name === null || Number.isNaN(open)) {
      const at = { file: cells.file, row: cells.rowOf(row) };
      if (name === null) return refuse('ingest/bad-symbol', { ...at, found: 'empty' });
      return refuse('ingest/bad-date', {
        ...at,
        column: opens.column,
        found: 'empty',
        form: 'time',
      });
    }
    const before = found.get(name);
    found.set(name, {
      from: Math.min(before?.from ?? open, open),
      to: Math.max(before?.to ?? open, open + spacing),
    });
  }
  return [...found];
}

/** The months or days that the archive's names tell, such as `BTCUSDT-5m-2025-02.zip`; other names tell nothing. */
function namedSpan(name: string): readonly (readonly [string, Seen])[] {
  const parts = /^([A-Z0-9_]{1,32})-.*?(\d{4})-(\d{2})(?:-(\d{2}))?\.[a-z.]+$/.exec(name);
  if (!parts) return [];
  const [, symbol = '', year, month, day] = parts;
  const at = (months: number, days: number) =>
    Date.UTC(Number(year), Number(month) - 1 + months, Number(day ?? 1) + days);
  return [[symbol, { from: at(0, 0), to: day === undefined ? at(1, 0) : at(0, 1) }]];
}
