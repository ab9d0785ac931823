import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { reporter } from '../diag/diagnostic.js';
import { refuse } from '../diag/refusal.js';
import { suggestion } from '../diag/suggest.js';
import { bytes, count } from '../report/format.js';
import type { Command } from './shared/command.js';
import { JSON_OPTION } from './shared/command.js';
import { withProject } from './shared/project.js';

/** Folders of a lake that are the engine's own. */
const OWN = new Set(['objects', 'records', 'runs', 'trials', 'cache']);

const report = reporter({
  'cli/no-folder': 'The lake has no folder "{folder}".',
});

/** A folder of the lake with data files in it. */
interface Dataset {
  readonly folder: string;
  /** The pipeline that publishes it; null for files that came from elsewhere. */
  readonly pipeline: string | null;
  readonly files: number;
  readonly bytes: number;
  /** Names of the sub-folders or files, e.g. symbols. */
  readonly entries: readonly string[];
  /** ISO time of the latest file. */
  readonly changed: string;
}

/** `dag ls` */
export const ls: Command = {
  name: 'ls',
  doc: 'List the datasets of the lake: what pipelines published, and raw files.',
  args: [{ name: '[folder]', doc: 'Only below this folder of the lake.' }],
  options: [JSON_OPTION],
  examples: ['dag ls', 'dag ls features --json'],
  run: (given, io) =>
    withProject(io, async ({ lake }) => {
      const { table } = await import('../report/table.js');
      const found = datasets(lake, folderOf(lake, given.args[0] ?? '.'));
      if (given.flag('json')) {
        io.out(`${JSON.stringify(found, null, 2)}\n`);
        return 0;
      }
      const titles = [
        { title: 'dataset' },
        { title: 'by' },
        { title: 'files', align: 'right' as const },
        { title: 'size', align: 'right' as const },
        { title: 'changed' },
        { title: 'entries' },
      ];
      const rows = found.map((d) => [
        d.folder,
        d.pipeline ?? '',
        count(d.files),
        bytes(d.bytes),
        d.changed.slice(0, 16).replace('T', ' '),
        some(d.entries),
      ]);
      io.out(
        rows.length === 0
          ? 'The lake holds no dataset yet.\n'
          : `${table(titles, rows, io.width)}\n`,
      );
      return 0;
    }),
};

/** @throws cli/no-folder, also for the engine's own folders and for what lies outside the lake. */
function folderOf(lake: string, name: string): string {
  const path = join(lake, name);
  const [top = ''] = relative(lake, path).split(sep);
  if (top !== '..' && !OWN.has(top) && statSync(path, { throwIfNoEntry: false })?.isDirectory())
    return path;
  const names = datasets(lake, lake).map((d) => d.folder);
  return refuse(
    report('cli/no-folder', undefined, { folder: name }, { hint: suggestion(name, names) }),
  );
}

/** A published folder is one dataset; elsewhere every folder that directly holds files is. */
function datasets(lake: string, folder: string): readonly Dataset[] {
  const own = folder === lake ? OWN : new Set<string>();
  const entries = visible(folder).filter((e) => !own.has(e.name));
  const pipeline = publisher(folder);
  const direct = entries.filter((e) => e.isFile() && folder !== lake);
  if (pipeline !== null || direct.length > 0) {
    const files = filesBelow(folder);
    return files.length === 0
      ? []
      : [
          dataset(
            relative(lake, folder),
            pipeline,
            files,
            entries.map((e) => e.name),
          ),
        ];
  }
  return entries
    .filter((e) => e.isDirectory())
    .flatMap((e) => datasets(lake, join(folder, e.name)));
}

function dataset(
  folder: string,
  pipeline: string | null,
  files: readonly string[],
  entries: readonly string[],
): Dataset {
  const stats = files.map((file) => statSync(file));
  return {
    folder,
    pipeline,
    files: files.length,
    bytes: stats.reduce((sum, { size }) => sum + size, 0),
    entries,
    changed: new Date(Math.max(...stats.map((s) => s.mtimeMs))).toISOString(),
  };
}

function publisher(folder: string): string | null {
  const path = join(folder, '.published.json');
  if (!statSync(path, { throwIfNoEntry: false })) return null;
  const { pipeline } = Object(JSON.parse(readFileSync(path, 'utf8')));
  return typeof pipeline === 'string' ? pipeline : null;
}

function filesBelow(folder: string): readonly string[] {
  return visible(folder).flatMap((e) =>
    e.isDirectory() ? filesBelow(join(folder, e.name)) : e.isFile() ? [join(folder, e.name)] : [],
  );
}

function visible(folder: string) {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
  const entries = readdirSync(folder, { withFileTypes: true }).filter(
    (e) => !e.name.startsWith('.'),
  );
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function some(names: readonly string[]): string {
  const most = 6;
  return names.slice(0, most).join(' ') + (names.length > most ? ` … (${names.length})` : '');
}
