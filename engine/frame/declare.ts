import type { Json, JsonObject } from '../diag/data.js';
import { type Diagnostic, type Place, reporter } from '../diag/diagnostic.js';
import { suggestion } from '../diag/suggest.js';
import type { Dtype } from './column.js';
import { lengthText, milliseconds } from './duration.js';
import type { Absent, Available, ColumnRule, Contract, Spacing } from './rules.js';

const report = reporter({
  'contract/name':
    'A column cannot be called "{column}": names have lower-case letters, digits and _.',
  'contract/wrong-value': '{key} must be {expected}, not {found}.',
  'contract/unknown-key': 'A contract has no key {key}.',
  'contract/unknown-column': '{key} names column {column}, which the contract does not declare.',
  'contract/not-time': '{key} needs a time column; {column} is {found}.',
  'contract/no-bounds': 'Column {column} is {found}: only numbers have {key}.',
  'contract/empty-bounds': 'Column {column} allows no value: min {min}, max {max}.',
  'contract/known-too-early':
    'Rows span {spacing} but are known {plus} after {column}: that is before they are over.',
});

/** Where a part of the contract stands in its file; the path is made of keys. */
export type PlaceOf = (path: readonly string[]) => Place | undefined;

/** Fields of a contract. */
export const TABLE_KEYS = [
  ...['contract', 'doc', 'columns', 'entity', 'sort', 'unique'],
  ...['spacing', 'absent', 'silence', 'available'],
];
/** Fields of a column of a contract. */
export const COLUMN_KEYS = [
  'type',
  'unit',
  'doc',
  'nullable',
  'optional',
  'min',
  'max',
  'above',
  'whole',
  'available',
];
const DTYPES: readonly Dtype[] = ['f64', 'bool', 'text', 'time'];
const FROM_WORD = { events: { kind: 'events' }, window: { kind: 'window' } } as const;

/**
 * A contract from the plain data of `spec/contracts/<id>.yaml`, or every problem it has.
 *
 * `columns` maps a name to its type or to `{ type, unit, nullable, optional, min, max, above, whole, available }`;
 * `entity`, `sort` and `unique` are a column or a list; `spacing` is a duration on the column of `available` (or `ts`);
 * `absent` is `{ column, is }`, a text or number that the column has in a row that stands for one that was not there;
 * `silence` is a column of texts, such as a symbol, of each of which no row means that there was nothing to tell;
 * `available` is `{ column, plus }`, `events`, `window` or `{ static: column }`.
 */
export function readContract(
  json: Json,
  placeOf: PlaceOf = () => undefined,
): { readonly contract: Contract | undefined; readonly problems: readonly Diagnostic[] } {
  const reader = new Reader(placeOf);
  const contract = reader.table(json);
  return {
    contract: reader.problems.length === 0 ? contract : undefined,
    problems: reader.problems,
  };
}

type Path = readonly string[];

/** Reads one contract and remembers what is wrong with it. */
class Reader {
  readonly problems: Diagnostic[] = [];
  constructor(readonly placeOf: PlaceOf) {}

  table(json: Json): Contract {
    const all = this.map(json, []);
    this.keys(all, TABLE_KEYS, []);
    const columns = new Map<string, ColumnRule>();
    for (const [name, rule] of Object.entries(this.map(all.columns, ['columns']))) {
      if (!/^[a-z_][a-z0-9_]*$/.test(name))
        this.add('contract/name', ['columns', name], { column: name });
      columns.set(name, this.column(name, rule, ['columns', name]));
    }
    const names = (key: string) => this.names(all[key], columns, key);
    const available = this.available(all.available, columns, ['available']);
    const spacing = this.spacing(all.spacing, available, columns);
    return {
      name: this.text(all.contract, ['contract']) ?? '',
      columns,
      entity: names('entity'),
      sort: names('sort'),
      unique: names('unique'),
      spacing,
      absent: this.absent(all.absent, columns),
      silence: this.silence(all.silence, columns),
      available,
    };
  }

  column(name: string, json: Json, path: Path): ColumnRule {
    const rule = this.map(typeof json === 'string' ? { type: json } : json, path);
    this.keys(rule, COLUMN_KEYS, path);
    const dtype = DTYPES.find((d) => d === rule.type);
    if (!dtype) this.wrong([...path, 'type'], `one of ${DTYPES.join(', ')}`, rule.type);
    const numbers = ['min', 'max', 'above', 'whole'].filter((key) => rule[key] !== undefined);
    if (dtype === 'bool' || dtype === 'text') {
      for (const key of numbers)
        this.add('contract/no-bounds', [...path, key], { column: name, found: dtype, key });
    }
    const [min, max] = [
      this.number(rule.min, [...path, 'min']),
      this.number(rule.max, [...path, 'max']),
    ];
    if (min !== undefined && max !== undefined && min > max) {
      this.add('contract/empty-bounds', path, { column: name, min, max });
    }
    if (dtype === 'time' && rule.nullable === true)
      this.wrong([...path, 'nullable'], 'false for a time column', true);
    return {
      dtype: dtype ?? 'f64',
      unit: this.text(rule.unit, [...path, 'unit']),
      nullable: this.flag(rule.nullable, [...path, 'nullable']),
      optional: this.flag(rule.optional, [...path, 'optional']),
      min,
      max,
      above: this.number(rule.above, [...path, 'above']),
      whole: this.flag(rule.whole, [...path, 'whole']),
      available: this.available(rule.available, undefined, [...path, 'available']),
    };
  }

  /** Columns are checked where they are given: a column's own `available` may name one declared further down. */
  available(
    json: Json | undefined,
    columns: ReadonlyMap<string, ColumnRule> | undefined,
    path: Path,
  ): Available | undefined {
    if (json === undefined) return undefined;
    if (json === 'events' || json === 'window') return FROM_WORD[json];
    const map = isMap(json) ? json : {};
    if (typeof map.static === 'string') {
      this.keys(map, ['static'], path);
      this.timeColumn(map.static, columns, path);
      return { kind: 'static', column: map.static };
    }
    if (typeof map.column === 'string') {
      this.keys(map, ['column', 'plus'], path);
      this.timeColumn(map.column, columns, path);
      const plus = map.plus === undefined ? 0 : this.duration(map.plus, [...path, 'plus']);
      return { kind: 'after', column: map.column, plus: plus ?? 0 };
    }
    this.wrong(path, '{ column, plus }, events, window or { static }', json);
    return undefined;
  }

  spacing(
    json: Json | undefined,
    available: Available | undefined,
    columns: ReadonlyMap<string, ColumnRule>,
  ): Spacing | undefined {
    if (json === undefined) return undefined;
    const every = this.duration(json, ['spacing']);
    const column = available?.kind === 'after' ? available.column : 'ts';
    // What `available` names is looked up there.
    if (available?.kind !== 'after') this.timeColumn(column, columns, ['spacing']);
    if (every === undefined) return undefined;
    if (every <= 0) this.wrong(['spacing'], 'longer than 0', json);
    if (available?.kind === 'after' && available.plus < every) {
      const [spacing, plus] = [lengthText(every), lengthText(available.plus)];
      const facts = { spacing, plus, column };
      this.add('contract/known-too-early', ['available'], facts);
    }
    return { column, every };
  }

  silence(json: Json | undefined, columns: ReadonlyMap<string, ColumnRule>): string | undefined {
    const [column] = this.names(json, columns, 'silence');
    const rule = column === undefined ? undefined : columns.get(column);
    if (rule && rule.dtype !== 'text') this.wrong(['silence'], 'a column of texts', json);
    return column;
  }

  absent(json: Json | undefined, columns: ReadonlyMap<string, ColumnRule>): Absent | undefined {
    if (json === undefined) return undefined;
    const map = this.map(json, ['absent']);
    this.keys(map, ['column', 'is'], ['absent']);
    const column = this.text(map.column, ['absent', 'column']);
    if (column === undefined) return undefined;
    const dtype = columns.get(column)?.dtype;
    if (dtype === undefined) {
      this.unknownColumn('absent.column', column, columns, ['absent', 'column']);
    } else if (dtype === 'text' && typeof map.is === 'string') return { column, is: map.is };
    else if (dtype === 'f64' && typeof map.is === 'number') return { column, is: map.is };
    else this.wrong(['absent', 'is'], `a value of ${column}, which is ${dtype}`, map.is);
    return undefined;
  }

  names(
    json: Json | undefined,
    columns: ReadonlyMap<string, ColumnRule>,
    key: string,
  ): readonly string[] {
    if (json === undefined) return [];
    const list = typeof json === 'string' ? [json] : json;
    if (!Array.isArray(list) || !list.every((name) => typeof name === 'string')) {
      this.wrong([key], 'a column or a list of columns', json);
      return [];
    }
    for (const column of list) {
      if (!columns.has(column)) this.unknownColumn(key, column, columns, [key]);
    }
    return list;
  }

  timeColumn(
    column: string,
    columns: ReadonlyMap<string, ColumnRule> | undefined,
    path: Path,
  ): void {
    if (!columns) return;
    const found = columns.get(column)?.dtype;
    const key = path.join('.');
    if (found === undefined) this.unknownColumn(key, column, columns, path);
    else if (found !== 'time') this.add('contract/not-time', path, { key, column, found });
  }

  duration(json: Json, path: Path): number | undefined {
    const ms = typeof json === 'string' ? milliseconds(json) : undefined;
    if (ms === undefined) this.wrong(path, 'a duration such as 5m or 1h30m', json);
    return ms;
  }

  text(json: Json | undefined, path: Path): string | undefined {
    if (typeof json === 'string' || (json === undefined && path[0] === 'columns')) return json;
    this.wrong(path, 'a text', json);
    return undefined;
  }

  number(json: Json | undefined, path: Path): number | undefined {
    if (json === undefined || (typeof json === 'number' && Number.isFinite(json))) return json;
    this.wrong(path, 'a number', json);
    return undefined;
  }

  flag(json: Json | undefined, path: Path): boolean {
    if (json !== undefined && typeof json !== 'boolean') this.wrong(path, 'true or false', json);
    return json === true;
  }

  map(json: Json | undefined, path: Path): JsonObject {
    if (isMap(json)) return json;
    this.wrong(path, 'a map', json);
    return {};
  }

  keys(map: JsonObject, legal: readonly string[], path: Path): void {
    for (const key of Object.keys(map)) {
      if (legal.includes(key)) continue;
      const hint = suggestion(key, legal);
      this.problems.push(
        report('contract/unknown-key', this.placeOf([...path, key]), { key }, { hint }),
      );
    }
  }

  unknownColumn(
    key: string,
    column: string,
    columns: ReadonlyMap<string, ColumnRule>,
    path: Path,
  ): void {
    const hint = suggestion(column, columns.keys());
    const facts = { key, column };
    this.problems.push(report('contract/unknown-column', this.placeOf(path), facts, { hint }));
  }

  wrong(path: Path, expected: string, found: Json | undefined): void {
    const key = path.length === 0 ? 'A contract' : path.join('.');
    this.add('contract/wrong-value', path, {
      key,
      expected,
      found: found === undefined ? 'absent' : found,
    });
  }

  add(
    code: Parameters<typeof report>[0],
    path: Path,
    facts: Readonly<Record<string, unknown>>,
  ): void {
    this.problems.push(report(code, this.placeOf(path), facts));
  }
}

function isMap(json: Json | undefined): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
