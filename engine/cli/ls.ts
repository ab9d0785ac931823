import { statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { reporter } from '../diag/diagnostic.js';
import { refuse } from '../diag/refusal.js';
import { suggestion } from '../diag/suggest.js';
import { bytes, count } from '../report/format.js';
import type { Command } from './shared/command.js';
import { JSON_OPTION } from './shared/command.js';
import {
  type Dataset,
  type DatasetPort,
  type DatasetTable,
  datasets,
  OWN,
} from './shared/datasets.js';
import { withProject } from './shared/project.js';

const report = reporter({
  'cli/no-folder': 'The lake has no folder "{folder}".',
});

/** `dag ls` */
export const ls: Command = {
  name: 'ls',
  doc: 'List the datasets of the lake: what pipelines published, with the run, its settings, rows and span, and raw files. Runs of `dag run` publish; those that `dag pit` makes do not.',
  args: [{ name: '[folder]', doc: 'Only below this folder of the lake.' }],
  options: [
    {
      flags: '--items',
      doc: 'A row for every item of what is published, and for every series of raw files.',
    },
    JSON_OPTION,
  ],
  examples: ['dag ls', 'dag ls cleaned --items', 'dag ls features --json'],
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
        { title: 'settings' },
        { title: 'rows', align: 'right' as const },
        { title: 'span' },
        { title: 'gaps', align: 'right' as const },
        { title: 'run' },
        { title: 'files', align: 'right' as const },
        { title: 'size', align: 'right' as const },
        { title: 'changed' },
        { title: 'entries' },
      ];
      const rows = found.flatMap((d) => [...rowsOf(d), ...(given.flag('items') ? itemsOf(d) : [])]);
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

/** A row for the folder, with its first output; every other output has its own, and says what differs from the first. */
function rowsOf(d: Dataset): readonly (readonly string[])[] {
  const [first, ...others] = d.ports;
  const files = [count(d.files), bytes(d.bytes), d.changed.slice(0, 16).replace('T', ' ')];
  const owner = d.damaged ? 'cannot be read' : (d.pipeline ?? '');
  const name = first && others.length > 0 ? `${d.folder} (${first.name})` : d.folder;
  const head = first ? portCells(first) : ['', '', spanOfSeries(d), missingIn(d.series), ''];
  return [
    [name, owner, ...head, ...files, some(d.entries)],
    ...others.map((port) => {
      const cells = portCells(port).map((cell, i) =>
        cell !== '' && cell === head[i] ? '"' : cell,
      );
      return [`${d.folder} (${port.name})`, '', ...cells, '', '', '', ''];
    }),
  ];
}

function portCells(port: DatasetPort): readonly string[] {
  const { run, earlier, unfinished, tables } = port;
  return [
    settingsOf(port),
    ...heldCells(
      port,
      tables.flatMap(({ missing }) => missing),
    ),
    `${shortly([...earlier, run])}${unfinished ? ' (half replaced)' : ''}`,
  ];
}

/** The last of some runs, and how many there are before it. */
function shortly(runs: readonly string[]): string {
  const more = runs.length > 1 ? ` + ${count(runs.length - 1)} earlier` : '';
  return `…${runs.at(-1)?.slice(-RUN_END)}${more}`;
}

/** Rows, days and gaps. */
function heldCells(
  { rows, from, to, gaps }: Pick<DatasetTable, 'rows' | 'from' | 'to' | 'gaps'>,
  missing: readonly string[],
): readonly string[] {
  const day = (time: string) => time.slice(0, 10);
  return [
    rows === null ? '' : count(rows),
    from === null || to === null ? '' : `${day(from)} – ${day(to)}`,
    [gaps === null ? [] : [count(gaps)], missing.length > 0 ? [files(missing)] : []]
      .flat()
      .join(' + '),
  ];
}

/** A row for every item of each output, or for every series. */
function itemsOf({ ports, series }: Dataset): readonly (readonly string[])[] {
  return [
    ...ports.flatMap(({ tables, run }) =>
      tables.map((one) => {
        const size = [count(one.files), bytes(one.bytes), '', ''];
        const others = one.runs.some((id) => id !== run) ? shortly(one.runs) : '';
        return [`  ${one.name}`, '', '', ...heldCells(one, one.missing), others, ...size];
      }),
    ),
    ...series.map((one) => {
      const span = `${one.from} – ${one.to}`;
      const size = [count(one.files), bytes(one.bytes), '', some(one.missing)];
      return [`  ${one.name}`, '', '', '', span, missingIn([one]), '', ...size];
    }),
  ];
}

function spanOfSeries({ series }: Dataset): string {
  const first = series.map(({ from }) => from).sort()[0];
  const last = series
    .map(({ to }) => to)
    .sort()
    .at(-1);
  return first === undefined || last === undefined ? '' : `${first} – ${last}`;
}

function missingIn(series: readonly { readonly missing: readonly string[] }[]): string {
  const missing = series.flatMap((one) => one.missing);
  return series.length === 0 ? '' : missing.length === 0 ? '0' : files(missing);
}

/** How many files of months, days or years are not there. */
function files(missing: readonly string[]): string {
  const what = missing.every((p) => p.length === 'YYYY-MM-DD'.length) ? 'day' : 'month';
  return `${count(missing.length)} ${what}${missing.length === 1 ? '' : 's'}`;
}

/** Profile, specs by their ids, and what the command line set. */
function settingsOf({ profile, specs, sets }: DatasetPort): string {
  const ids = Object.entries(specs).flatMap(([name, id]) =>
    typeof id === 'string' ? [`${name}=${id}`] : [],
  );
  const settings = [...(profile === null ? [] : [`profile=${profile}`]), ...ids, ...(sets ?? [])];
  const removed = sets === null ? ['(what --set gave went with its run)'] : [];
  return [...new Set([...settings, ...removed])].join(' ');
}

/** So many last characters tell runs apart, and `--run` takes them. */
const RUN_END = 8;

function some(names: readonly string[]): string {
  const most = 6;
  return names.slice(0, most).join(' ') + (names.length > most ? ` … (${names.length})` : '');
}
