import type { Json } from '../../../diag/data.js';
import type { Composed } from '../../../expr/index.js';
import type { CaseRows, Cell, OperatorCase } from '../../../expr/op-case.js';

/** A worked example as Markdown: one column a row of data. */
export function sampleTable({ call, rows, gives, tables, others }: OperatorCase): string {
  const count = gives.length;
  const head = ['row', ...Array.from({ length: count }, (_, i) => String(i))];
  const parts = [
    table([head, ...columns(rows), [`\`${call}\``, ...gives.map(shown)]]),
    ...beside(others, 'of the symbol'),
    ...beside(tables, 'of the table'),
  ];
  return parts.join('\n\n');
}

/** The first case of a composed operator that is written out cell by cell; undefined if there is none. */
export function sampleOf(one: Composed): OperatorCase | undefined {
  const cases = Array.isArray(one.cases) ? one.cases : [];
  for (const item of cases) {
    if (!isMap(item) || item.symbols !== undefined || item.tables !== undefined) continue;
    const rows = cellsByName(item.rows);
    const gives = cellsOf(item.gives);
    if (rows !== undefined && gives !== undefined)
      return { call: callOf(one, item.with), rows, gives };
  }
  return undefined;
}

/** A call of a composed operator: its series by their names, its constants where they are given. */
function callOf(one: Composed, given: Json | undefined): string {
  const constants = given !== undefined && isMap(given) ? given : {};
  const parts = one.args.flatMap(({ name, kind, default: preset }) => {
    if (kind === 'series') return preset === undefined ? [name] : [];
    const value = constants[name];
    return value === undefined ? [] : [`${name}=${String(value)}`];
  });
  return parts.length === 0 ? one.name : `${one.name}(${parts.join(', ')})`;
}

function beside(
  several: Readonly<Record<string, CaseRows>> | undefined,
  of: string,
): readonly string[] {
  return Object.entries(several ?? {}).map(([name, rows]) => {
    const count = Object.values(rows)[0]?.length ?? 0;
    const head = [`${of} \`${name}\``, ...Array.from({ length: count }, () => '')];
    return table([head, ...columns(rows)]);
  });
}

function columns(rows: CaseRows): readonly (readonly string[])[] {
  return Object.entries(rows).map(([name, cells]) => [`\`${name}\``, ...cells.map(shown)]);
}

function table([head = [], ...lines]: readonly (readonly string[])[]): string {
  const rule = head.map((_, i) => (i === 0 ? '---' : '--:'));
  return [head, rule, ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Numbers to five digits, missing as a dash. */
function shown(cell: Cell): string {
  if (cell === null) return '–';
  if (typeof cell !== 'number') return String(cell);
  return String(Number(cell.toPrecision(5)));
}

function cellsByName(json: Json | undefined): CaseRows | undefined {
  if (json === undefined || !isMap(json)) return undefined;
  const found: Record<string, readonly Cell[]> = {};
  for (const [name, value] of Object.entries(json)) {
    const cells = cellsOf(value);
    if (cells === undefined) return undefined;
    found[name] = cells;
  }
  return found;
}

/** Cells that stand for themselves; NaN is missing. */
function cellsOf(json: Json | undefined): readonly Cell[] | undefined {
  if (!Array.isArray(json) || json.length > 16) return undefined;
  const cells: Cell[] = [];
  for (const item of json) {
    if (item !== null && typeof item === 'object') return undefined;
    cells.push(typeof item === 'number' && Number.isNaN(item) ? null : item);
  }
  return cells;
}

function isMap(json: Json): json is { readonly [key: string]: Json } {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
