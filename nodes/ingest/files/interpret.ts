import { columnsOf } from '../../kinds/raw-tables.js';
import type { Cells, Rows } from './rows.js';
import type { Refuse, Tally } from './tell.js';
import type { Layout, Role, Whose } from './wanted.js';

/** Roles that tell whose row it is, and are no values. */
const PICKS: ReadonlySet<string> = new Set(['symbol', 'base_asset', 'only']);

/** Cells of a file as rows of the raw table: those of one symbol, with times settled and contracts valued. */
export function rowsOf(
  file: string,
  cells: Cells,
  roles: readonly Role[],
  layout: Layout,
  whose: Whose,
  refuse: Refuse,
  tally: Tally,
): Rows {
  const own = picked(cells, roles);
  if (own.length === 0 && isNamedFor(file, whose)) refuseOthers(file, cells, roles, whose, refuse);
  const of = (role: Role['role']) => {
    const at = roles.findIndex((r) => r.role === role);
    return at < 0 ? undefined : own.columns[at];
  };
  const ts = timesOf(file, own, roles, of('ts'), of('ts_else'), refuse);
  const columns = new Map<string, Float64Array>();
  for (const role of ['close_ts', ...columnsOf(layout.table).map(([name]) => name)] as const) {
    const values = of(role as Role['role']); // names of columns are roles: a test holds them together
    if (values) columns.set(role, values);
  }
  tellEmpty(file, own, roles, tally);
  const contracts = of('contracts');
  if (contracts) value(columns, contracts, contractValue(layout, whose));
  else valueOfBase(layout, columns);
  return { file, length: own.length, ts, columns, id: of('id'), rowOf: own.rowOf };
}

/** Does the name of a file say whose rows it holds? */
function isNamedFor(file: string, { symbol }: Whose): boolean {
  return file.split(/[^A-Za-z0-9_]+/).includes(symbol);
}

/** Files of many symbols may lack one; a file of one symbol that has only others was put in its place. */
function refuseOthers(
  file: string,
  cells: Cells,
  roles: readonly Role[],
  { symbol }: Whose,
  refuse: Refuse,
): void {
  for (const [i, { role, name }] of roles.entries()) {
    if (role !== 'symbol' && role !== 'base_asset') continue;
    if (cells.columns[i]?.includes(1)) continue;
    refuse('ingest/other-symbol', { file, column: name, symbol, rows: cells.length });
  }
}

/** The rows whose columns have the texts that were asked for. */
function picked(cells: Cells, roles: readonly Role[]): Cells {
  const filters = cells.columns.filter((_values, i) => PICKS.has(roles[i]?.role ?? ''));
  if (filters.every((values) => values.every((v) => v === 1))) return cells;
  const kept: number[] = [];
  for (let i = 0; i < cells.length; i++)
    if (filters.every((values) => values[i] === 1)) kept.push(i);
  const take = (values: Float64Array) => Float64Array.from(kept, (i) => values[i] ?? Number.NaN);
  return {
    columns: cells.columns.map(take),
    length: kept.length,
    rowOf: (index) => cells.rowOf(kept[index] ?? 0),
  };
}

/** The times of rows, with what stands in where one is empty. @throws ingest/bad-time where both are */
function timesOf(
  file: string,
  { length, rowOf }: Cells,
  roles: readonly Role[],
  given: Float64Array | undefined,
  instead: Float64Array | undefined,
  refuse: Refuse,
): Float64Array {
  const ts = given ?? new Float64Array(length).fill(Number.NaN);
  for (let i = 0; i < length; i++) {
    if (!Number.isNaN(ts[i])) continue;
    const other = instead?.[i] ?? Number.NaN;
    if (Number.isNaN(other)) {
      const column = roles.find(({ role }) => role === 'ts')?.name ?? 'ts';
      refuse('ingest/bad-time', { file, row: rowOf(i), column, found: 'empty' });
    }
    ts[i] = other;
  }
  return ts;
}

/** Rows with empty cells, and the columns that have them; a time with a stand-in lacks nothing. */
function tellEmpty(file: string, cells: Cells, roles: readonly Role[], tally: Tally): void {
  const open = roles.flatMap(({ role, name, empty }, i) => {
    const values = cells.columns[i];
    const settled = role === 'ts' || role === 'ts_else';
    return empty && !settled && values?.some(Number.isNaN) ? [{ name, values }] : [];
  });
  if (open.length === 0) return;
  let count = 0;
  let first = -1;
  for (let i = 0; i < cells.length; i++) {
    if (!open.some(({ values }) => Number.isNaN(values[i]))) continue;
    if (first < 0) first = i;
    count += 1;
  }
  const columns = open.map(({ name }) => name);
  tally.add('ingest/empty-cells', count, () => ({ file, row: cells.rowOf(first), columns }));
}

/** What one contract is worth, in quote units. */
function contractValue({ contract_value: worth }: Layout, { base }: Whose): number {
  const special = worth?.besides.find((entry) => entry.base === base);
  return special?.value ?? worth?.usual ?? Number.NaN;
}

/** Contracts have a fixed value: that many quote units, and as many base units as the price gives for them. */
function value(columns: Map<string, Float64Array>, contracts: Float64Array, worth: number): void {
  const price = columns.get('price');
  const worths = contracts.map((count) => count * worth);
  columns.set('value', worths);
  if (price)
    columns.set(
      'base',
      worths.map((v, i) => v / (price[i] ?? Number.NaN)),
    );
}

/** Forced orders counted in base units are worth that many times their price. */
function valueOfBase({ table }: Layout, columns: Map<string, Float64Array>): void {
  const [base, price] = [columns.get('base'), columns.get('price')];
  if (table !== 'liquidations' || columns.has('value') || !base || !price) return;
  columns.set(
    'value',
    base.map((b, i) => b * (price[i] ?? Number.NaN)),
  );
}
