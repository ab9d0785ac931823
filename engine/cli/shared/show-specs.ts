import { basename, join } from 'node:path';
import { yamlFilesUnder } from '../../graph/yaml-files.js';
import { lastOf, listRuns } from '../../ledger/runs.js';
import { MISSING, number } from '../../report/format.js';
import { table } from '../../report/table.js';
import type { Project } from '../../run/project.js';
import type { KindEntry } from '../../sdk/catalogue.js';
import type { ParamSchema } from '../../sdk/params.js';
import { readYaml } from '../../yaml/file.js';
import { plain } from '../../yaml/read.js';
import type { Json } from '../../yaml/value.js';
import type { RunData } from './run-data.js';
import { openRun } from './run-open.js';

/** One spec of a kind: what it says of itself, and what the last run told of it. */
export interface SpecRow {
  readonly id: string;
  readonly says: Readonly<Record<string, Json>>;
  readonly told: Readonly<Record<string, number | boolean>>;
}

/** The specs of the families in a folder of this name, with what the last run says of each; undefined where there are none. */
export async function specRows(
  project: Project,
  folder: string,
  name: string | undefined,
): Promise<readonly SpecRow[] | undefined> {
  const kinds = Object.values(project.plugins.catalogue.kinds);
  const kind = kinds.find((one) => one.group !== undefined && one.folder === folder);
  if (!kind) return undefined;
  const none = name === undefined && lastOf(listRuns(project.lake)) === undefined;
  const run = none ? undefined : await openRun(project, name);
  const told = run ? toldOf(run) : new Map<string, SpecRow['told']>();
  return yamlFilesUnder(project.root, `spec/${folder}`).files.map((file) => {
    const id = basename(file, '.yaml');
    return { id, says: saidIn(project.root, file, kind), told: told.get(id) ?? {} };
  });
}

/** The same as text. */
export function specText(rows: readonly SpecRow[], width: number): string {
  const said = namesOf(rows.map(({ says }) => says));
  const told = namesOf(rows.map((row) => row.told));
  const lines = rows.map((row) => [
    row.id,
    ...said.map((name) => words(row.says[name])),
    ...told.map((name) => words(row.told[name])),
  ]);
  const columns = [
    { title: 'id' },
    ...said.map((title) => ({ title })),
    ...told.map((title) => ({ title, align: 'right' as const })),
  ];
  return `${table(columns, lines, width)}\n${rows.length} specs\n`;
}

function saidIn(root: string, file: string, kind: KindEntry): SpecRow['says'] {
  const { value } = readYaml(join(root, file), file);
  const written = value?.kind === 'map' ? value.entries : [];
  return Object.fromEntries(
    Object.entries(kind.fields).flatMap(([name, schema]) => {
      if (name !== kind.group && !isShort(schema)) return [];
      const own = written.find(({ key }) => key === name)?.value;
      const json = own ? plain(own) : schema.default;
      return json === undefined ? [] : [[name, json]];
    }),
  );
}

/** Fields that fit a line: records, and lists of words from a fixed set. */
function isShort({ 'x-dag': type }: ParamSchema): boolean {
  if (type.as === 'record') return true;
  const of = type.as === 'list' ? type.of['x-dag'] : undefined;
  return of?.as === 'text' && of.choices !== undefined;
}

/** Numbers and flags of the plain outputs of items that stand for one id, by that id; the first that tells one wins. */
function toldOf(run: RunData): ReadonlyMap<string, SpecRow['told']> {
  const found = new Map<string, SpecRow['told']>();
  for (const item of run.items) {
    const [id, ...more] = Object.values(item.at);
    const record = run.record(item);
    if (id === undefined || more.length > 0 || !record) continue;
    for (const [port, stored] of Object.entries(record.outputs)) {
      if (stored.kind !== 'json') continue;
      const facts = Object.entries(Object(run.value({ item, port, stored })));
      const short = facts.flatMap(([name, value]) =>
        typeof value === 'number' || typeof value === 'boolean' ? [[name, value] as const] : [],
      );
      found.set(id, { ...Object.fromEntries(short), ...found.get(id) });
    }
  }
  return found;
}

function namesOf(records: readonly Readonly<Record<string, unknown>>[]): readonly string[] {
  return [...new Set(records.flatMap((record) => Object.keys(record)))];
}

function words(value: Json | undefined): string {
  if (value === undefined || value === null) return MISSING;
  if (typeof value === 'number') return number(value, 6);
  if (Array.isArray(value)) return value.map((part) => words(part)).join(', ');
  return typeof value === 'object'
    ? Object.entries(value)
        .map(([k, v]) => `${k} ${words(v)}`)
        .join('; ')
    : String(value);
}
