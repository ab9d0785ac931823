import { readFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import { milliseconds } from '../../engine/frame/duration.js';
import type { Frame } from '../../engine/frame/frame.js';
import { evaluate, SHOWN } from '../../engine/sdk/index.js';
import { event } from '../../nodes/kinds/event.js';
import type { feature } from '../../nodes/kinds/feature.js';
import { definitionsOf, TOLD } from '../../nodes/kinds/occurrence.js';
import { compileOver, programOf } from '../../nodes/kinds/programs.js';
import { target } from '../../nodes/kinds/target.js';
import { frame } from './frame.js';
import { ROOT, specsOf } from './specs.js';

const FIVE = 300_000;
const START = '2024-01-01T00:00Z'; // a Monday

type Cell =
  | number
  | boolean
  | null
  | { readonly fill: readonly (number | null)[]; readonly rows: number }
  | { readonly range: readonly [number, number] };
type Rows = Readonly<Record<string, readonly Cell[]>>;

/** One case of a feature, event or target, as written in its file. */
export interface Case {
  readonly doc?: string;
  readonly with?: Readonly<Record<string, number | string>>;
  readonly from?: string;
  readonly rows: Rows;
  readonly tables?: Readonly<Record<string, { readonly every?: string; readonly rows: Rows }>>;
  readonly gives?: readonly Cell[];
  readonly fires?: {
    readonly at: readonly number[];
    readonly side?: readonly number[];
    readonly severity?: readonly number[];
  };
}

/**
 * The cases of a spec file that are about numbers of one symbol; those across symbols and those that hold words or truths are left to
 * `dag test`.
 */
export function casesIn(file: string): readonly Case[] {
  const map = parse(readFileSync(`${ROOT}${file}`, 'utf8')) as { readonly cases?: readonly Case[] }; // a file of the project
  return (map.cases ?? []).filter((one) => !('symbols' in one) && columnsIn(one).every(isNumeric));
}

function columnsIn({ rows, gives = [], tables = {} }: Case): readonly (readonly Cell[])[] {
  const beside = Object.values(tables).flatMap((table) => Object.values(table.rows));
  return [...Object.values(rows), gives, ...beside];
}

/** Events name truths by rows of numbers, so only features and targets have other cells. */
function isNumeric(cells: readonly unknown[]): boolean {
  const wordless = (cell: unknown) => typeof cell !== 'string' && typeof cell !== 'boolean';
  return cells.every((cell) => {
    const fill = typeof cell === 'object' && cell !== null && 'fill' in cell ? cell.fill : [cell];
    return Array.isArray(fill) && fill.every(wordless);
  });
}

/** What a feature or target gives on the rows of a case. */
export function given(
  file: string,
  one: Case,
  kind: typeof feature | typeof target,
): readonly number[] {
  const [spec] = specsOf(kind, file, variant(file, one.with));
  if (!spec) throw new Error(`${file} holds no spec`);
  const frames = framesOf(one);
  const admit = kind === target ? 'target' : 'feature';
  const { program, problems } = programOf([spec], frames, FIVE, { admit });
  const wrong = problems.filter((p) => p.severity === 'error');
  if (wrong.length > 0) throw new Error(wrong.map((p) => p.message).join('\n'));
  return Array.from(evaluate(program, frames, [spec.id], SHOWN).column(spec.id));
}

/** Rows on which an event fires after its cooldown, with side and severity where the case asks for them. */
export function firings(file: string, one: Case): NonNullable<Case['fires']> {
  const [spec] = specsOf(event, file, variant(file, one.with));
  if (!spec) throw new Error(`${file} holds no spec`);
  const frames = framesOf(one);
  const asked = [
    TOLD.kept,
    ...(one.fires?.side ? [TOLD.side] : []),
    ...(one.fires?.severity ? [TOLD.severity] : []),
  ];
  const all = definitionsOf(spec);
  const wanted = all.filter((d) => d.clause || asked.some((id) => id === d.id));
  const { program, problems } = compileOver(wanted, frames, FIVE);
  const wrong = problems.filter(
    (p) => p.severity === 'error' && !p.code.startsWith('expr/unknown'),
  );
  if (wrong.length > 0) throw new Error(wrong.map((p) => p.message).join('\n'));
  if (!program.columns.some((c) => c.id === TOLD.kept)) {
    throw new Error(
      `${file}: cannot be computed; ${problems.map((p) => p.message).join('\n')} ${[...program.needs.keys()].join()}`,
    );
  }
  const told = evaluate(program, frames, asked, SHOWN);
  const at = Array.from(told.flags(TOLD.kept)).flatMap((flag, row) => (flag === 1 ? [row] : []));
  const pick = (id: string) => at.map((row) => told.column(id)[row] ?? Number.NaN);
  return {
    at,
    ...(one.fires?.side ? { side: pick(TOLD.side) } : {}),
    ...(one.fires?.severity ? { severity: pick(TOLD.severity) } : {}),
  };
}

/** The file with constants set to what a case says, whatever their bounds. */
function variant(file: string, constants: Case['with']) {
  if (!constants) return () => undefined;
  const map: Record<string, unknown> = parse(readFileSync(`${ROOT}${file}`, 'utf8'));
  const [params, foreach] = [map.params, map.foreach] as Record<string, unknown>[]; // maps, as the spec reader checks
  for (const [name, value] of Object.entries(constants)) {
    if (foreach && name in foreach) foreach[name] = [value];
    else if (params && name in params) params[name] = { default: value };
    else throw new Error(`${file} has no constant ${name}`);
  }
  const text = stringify(map);
  return (asked: string) => (asked === file ? text : undefined);
}

function framesOf({
  rows,
  tables = {},
  from = START,
}: Case): { readonly self: Frame } & Readonly<Record<string, Frame>> {
  const start = Date.parse(from);
  const others = Object.entries(tables).map(([name, table]) => {
    return [name, framed(table.rows, start, milliseconds(table.every ?? '5m') ?? FIVE)];
  });
  return { ...Object.fromEntries(others), self: framed(rows, start, FIVE) };
}

function framed(rows: Rows, start: number, every: number): Frame {
  const columns = Object.entries(rows).map(([name, cells]) => [name, cellsOf(cells)] as const);
  const length = columns[0]?.[1].length ?? 0;
  const ts = Array.from({ length }, (_, row) => start + row * every);
  return frame({ ts, ...Object.fromEntries(columns) });
}

/** The values a list of cells stands for. */
export function cellsOf(cells: readonly Cell[]): readonly number[] {
  return cells.flatMap((cell) => {
    if (typeof cell !== 'object' || cell === null) return [Number(cell ?? Number.NaN)];
    if ('fill' in cell) {
      return Array.from(
        { length: cell.rows ?? cell.fill.length },
        (_, i) => cell.fill[i % cell.fill.length] ?? Number.NaN,
      );
    }
    const [first, last] = cell.range;
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
}
