import { type Cells, cellsOf, type TimeColumn } from './cells.js';
import type { Universe } from './declared.js';
import type { Find } from './files.js';
import type { Listed, Listing } from './listing.js';
import { clock, type Refuse } from './problems.js';

type Table = Universe['tables'][number];
const SYMBOL = /^[A-Z0-9_]{1,32}$/;

/** Symbols of tables with a row each. @throws what `LISTING_ERRORS` names */
export async function tablesIn(
  find: Find,
  tables: readonly Table[],
  refuse: Refuse,
): Promise<readonly Listed[]> {
  const found: Listed[] = [];
  for (const table of tables) {
    for (const path of find(table.names))
      found.push({
        rows: await rowsOf(path, table, refuse),
        asOf: table.status?.as_of ?? Number.NEGATIVE_INFINITY,
      });
  }
  return found;
}

async function rowsOf(path: string, table: Table, refuse: Refuse): Promise<readonly Listing[]> {
  const { symbol, listed, delisted, category, where } = table;
  const told = [category, table.status?.column].flatMap((name) => name ?? []);
  const texts = [symbol, ...Object.keys(where), ...told];
  const times = [listed, delisted].flatMap((time) => (time ? [time] : []));
  const cells = await cellsOf(path, [...new Set(texts)], times, refuse);
  const seen = new Set<string>();
  return Array.from({ length: cells.length }, (_, row) => row)
    .filter((row) => Object.entries(where).every(([name, text]) => cells.text(name, row) === text))
    .map((row) => {
      const found = listingAt(cells, row, table, refuse);
      if (seen.has(found.symbol)) {
        const facts = { file: cells.file, row: cells.rowOf(row), symbol: found.symbol };
        refuse('ingest/twice-listed', facts);
      }
      seen.add(found.symbol);
      return found;
    });
}

function listingAt(cells: Cells, index: number, table: Table, refuse: Refuse): Listing {
  const { file } = cells;
  const row = cells.rowOf(index);
  const symbol = cells.text(table.symbol, index);
  if (symbol === null || !SYMBOL.test(symbol))
    return refuse('ingest/bad-symbol', { file, row, found: symbol ?? 'empty' });
  const at = (time: TimeColumn | undefined) => (time ? cells.time(time, index) : Number.NaN);
  const [listed, told] = [at(table.listed), at(table.delisted)];
  const vague = Number.isNaN(told) && hasEnded(cells, index, table);
  const delisted = vague ? (table.status?.as_of ?? told) : told;
  if (delisted <= listed) {
    const facts = { file, row, symbol, listed: clock(listed), delisted: clock(delisted) };
    refuse('ingest/ends-first', facts);
  }
  const category = table.category === undefined ? null : cells.text(table.category, index);
  return { symbol, listed, delisted, category, evidence: 'table', vague };
}

/** Does a row say that its symbol trades no more? One whose status is empty says nothing. */
function hasEnded(cells: Cells, index: number, { status }: Table): boolean {
  const found = status && cells.text(status.column, index);
  return typeof found === 'string' && !status?.active.includes(found);
}
