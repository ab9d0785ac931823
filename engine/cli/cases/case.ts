import type { Json, JsonObject } from '../../diag/data.js';
import { type Place, reporter } from '../../diag/diagnostic.js';
import type { Problems } from '../../diag/problems.js';
import { milliseconds } from '../../frame/duration.js';
import { get, listOf, mapOf, plain, unknownKeys } from '../../yaml/read.js';
import type { Yaml, YamlMap } from '../../yaml/value.js';

const report = reporter({
  'case/cells':
    'Cells are numbers, text, true, false or null, { fill: […], rows: n } or { range: [a, b] }; found {found}.',
  'case/nothing-expected': 'The case says neither what it gives nor where it fires.',
  'case/bad-time': '{what} is {found}, which is no {expected}.',
});

/** One cell of a column. */
export type Cell = number | boolean | string | null;
export type Columns = Readonly<Record<string, readonly Cell[]>>;

/** A table beside the rows: on the same clock, or on one of its own when `every` is given. */
export interface CaseTable {
  /** Milliseconds between rows; undefined: those of the rows. */
  readonly every: number | undefined;
  readonly columns: Columns;
}

/** An example in a spec: rows, and what must come out. */
export interface Case {
  readonly doc: string;
  readonly place: Place;
  /** Where it says what must come out. */
  readonly expected: Place;
  /** Constants that differ from the spec's own. */
  readonly constants: JsonObject;
  /** Time of the first row, UTC milliseconds. */
  readonly from: number;
  readonly columns: Columns;
  readonly tables: Readonly<Record<string, CaseTable>>;
  /** Rows of several symbols, for formulas that look across them. */
  readonly symbols: Readonly<Record<string, Columns>> | undefined;
  /** The formula that `gives` is about; undefined: the first one. */
  readonly of: { readonly name: string; readonly place: Place } | undefined;
  /** The value of every row; by symbol where there are several. */
  readonly gives: readonly Cell[] | undefined;
  readonly givesBySymbol: Columns | undefined;
  /** The rows where it fires, and what other fields of the spec give there. */
  readonly fires: { readonly at: readonly Cell[]; readonly fields: Columns } | undefined;
}

/** Monday. */
const START = Date.UTC(2024, 0, 1);
const KEYS = ['doc', 'with', 'from', 'rows', 'tables', 'symbols', 'of', 'gives', 'fires'];

/** The cases of a spec file, in order; what cannot be read is reported and left out. */
export function readCases(spec: YamlMap, problems: Problems): readonly Case[] {
  const list = get(spec, 'cases');
  const items = list ? (listOf(list, problems, '"cases"')?.items ?? []) : [];
  return items.flatMap((item, i) => {
    const map = mapOf(item, problems, 'A case');
    return map ? readCase(map, i, problems) : [];
  });
}

function readCase(map: YamlMap, index: number, problems: Problems): readonly Case[] {
  unknownKeys(map, KEYS, problems);
  const part = (name: string): Yaml | undefined => get(map, name);
  const [doc, of, fires, gives, symbols, given] = [
    part('doc'),
    part('of'),
    part('fires'),
    part('gives'),
    part('symbols'),
    part('with'),
  ];
  if (!fires && !gives) problems.add(report('case/nothing-expected', map.place));
  const firing = fires && columnsOf(fires, '"fires"', problems);
  const { at = [], ...fields } = firing ?? {};
  const constants = given ? plain(given) : {};
  return [
    {
      doc: doc?.kind === 'scalar' ? String(doc.value) : `case ${index + 1}`,
      place: doc?.place ?? map.entries[0]?.keyPlace ?? map.place,
      expected: (gives ?? fires)?.place ?? map.place,
      constants: isMap(constants) ? constants : {},
      from: startOf(part('from'), problems),
      columns: columnsAt(part('rows'), '"rows"', problems),
      tables: tablesOf(part('tables'), problems),
      symbols:
        symbols &&
        mapValues(symbols, '"symbols"', problems, (v) => columnsOf(v, 'A symbol', problems)),
      of: of && { name: String(plain(of)), place: of.place },
      gives: gives?.kind === 'list' ? cellsOf(gives, problems) : undefined,
      givesBySymbol: gives?.kind === 'map' ? columnsOf(gives, '"gives"', problems) : undefined,
      fires: firing && { at, fields },
    },
  ];
}

function columnsAt(value: Yaml | undefined, what: string, problems: Problems): Columns {
  return value ? columnsOf(value, what, problems) : {};
}

function columnsOf(value: Yaml, what: string, problems: Problems): Columns {
  return mapValues(value, what, problems, (cells) => cellsOf(cells, problems));
}

function tablesOf(value: Yaml | undefined, problems: Problems): Case['tables'] {
  if (!value) return {};
  return mapValues(value, '"tables"', problems, (table) => {
    const map = mapOf(table, problems, 'A table');
    if (map) unknownKeys(map, ['every', 'rows'], problems);
    const every = map && get(map, 'every');
    const length = every?.kind === 'scalar' ? milliseconds(String(every.value)) : undefined;
    if (every && length === undefined) {
      problems.add(
        report('case/bad-time', every.place, {
          what: '"every"',
          found: plain(every),
          expected: 'duration',
        }),
      );
    }
    return { every: length, columns: columnsAt(map && get(map, 'rows'), '"rows"', problems) };
  });
}

function startOf(value: Yaml | undefined, problems: Problems): number {
  if (!value) return START;
  const at = Date.parse(String(plain(value)));
  if (Number.isFinite(at)) return at;
  problems.add(
    report('case/bad-time', value.place, {
      what: '"from"',
      found: plain(value),
      expected: 'UTC time',
    }),
  );
  return START;
}

function mapValues<T>(
  value: Yaml,
  what: string,
  problems: Problems,
  read: (value: Yaml) => T,
): Readonly<Record<string, T>> {
  const map = mapOf(value, problems, what);
  return Object.fromEntries((map?.entries ?? []).map((e) => [e.key, read(e.value)]));
}

/** The cells a list stands for, `fill` and `range` written out. */
function cellsOf(value: Yaml, problems: Problems): readonly Cell[] {
  const list = listOf(value, problems, 'A column');
  return (list?.items ?? []).flatMap((item) => {
    if (item.kind === 'scalar') return [item.value];
    const found = plain(item);
    const cells = isMap(found) ? writtenOut(found) : undefined;
    if (!cells) problems.add(report('case/cells', item.place, { found: JSON.stringify(found) }));
    return cells ?? [];
  });
}

function writtenOut({ fill, rows, range, ...rest }: JsonObject): readonly Cell[] | undefined {
  if (Object.keys(rest).length > 0) return undefined;
  if (Array.isArray(range)) {
    const [first, last] = range;
    if (typeof first !== 'number' || typeof last !== 'number') return undefined;
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  }
  if (!Array.isArray(fill) || fill.length === 0 || !fill.every(isCell)) return undefined;
  const length = typeof rows === 'number' ? rows : fill.length;
  return Array.from({ length }, (_, i) => fill[i % fill.length] ?? null);
}

function isCell(json: Json): json is Cell {
  return json === null || typeof json !== 'object';
}

function isMap(json: Json): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
