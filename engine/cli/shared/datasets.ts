import { readdirSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { Refusal } from '../../diag/refusal.js';
import { listRuns, readManifest } from '../../ledger/runs.js';
import {
  filesOf,
  type Published,
  type PublishedFile,
  readPublished,
} from '../../run/publish/published.js';
import type { JsonObject } from '../../yaml/value.js';
import { periodIn, periodsOf } from './periods.js';
import { type File, type Series, seriesOf } from './series.js';

/** Folders of a lake that are the engine's own. */
export const OWN = new Set(['objects', 'records', 'runs', 'trials', 'cache']);

/** A folder of the lake with data files in it; or several that differ in one word, which is then `*`. */
export interface Dataset {
  readonly folder: string;
  /** The pipeline that publishes it; null for files that came from elsewhere. */
  readonly pipeline: string | null;
  /** Each output that is published there, with the run it is of. */
  readonly ports: readonly DatasetPort[];
  /** `.published.json` is there and cannot be read: the next run of its pipeline publishes anew. */
  readonly damaged: boolean;
  readonly files: number;
  readonly bytes: number;
  /** Names of the sub-folders, files or series, e.g. symbols. */
  readonly entries: readonly string[];
  /** Files whose names tell months or days, by what they are of; published ones are listed with their port. */
  readonly series: readonly Series[];
  /** ISO time of the latest file. */
  readonly changed: string;
}

/** A published output: whose it is, and what all its tables hold together. */
export interface DatasetPort {
  readonly name: string;
  readonly stage: string;
  /** The run that published last. */
  readonly run: string;
  /** Earlier runs that some of its rows are of, oldest first. */
  readonly earlier: readonly string[];
  readonly profile: string | null;
  /** Specs among the pipeline's parameters, such as its market, by id. */
  readonly specs: JsonObject;
  /** Settings of the command line, as the run's manifest has them; null where the run was removed or damaged. */
  readonly sets: readonly string[] | null;
  readonly items: number;
  /** Null where nothing is a table. */
  readonly rows: number | null;
  /** ISO times of the first and last row. */
  readonly from: string | null;
  readonly to: string | null;
  /** Rows of a regular clock that are absent or hold no number; null where the table has no such clock. */
  readonly gaps: number | null;
  /** What each item holds. */
  readonly tables: readonly DatasetTable[];
  /** A process was killed while it replaced the files; the next run of the pipeline completes that. */
  readonly unfinished: boolean;
}

/** What one item of an output holds. */
export interface DatasetTable {
  /** Path within the folder, e.g. `BTCUSDT/bars`. */
  readonly name: string;
  readonly rows: number | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly gaps: number | null;
  /** Months, days or years between the first and the last that no file is of, where a table is split. */
  readonly missing: readonly string[];
  /** The runs that its rows are of, oldest first. */
  readonly runs: readonly string[];
  readonly files: number;
  readonly bytes: number;
}

/**
 * The datasets at a folder of the lake and below: a published folder is one; so are series of files that are stored alike; so is,
 * of other files, every folder that directly holds some. Names, sizes and ledgers are looked at; no data file is opened.
 */
export function datasets(lake: string, folder: string): readonly Dataset[] {
  const { published, plain } = walk(lake, folder);
  const { sets, others } = seriesOf(plain);
  const series = sets.map(({ folder: name, series: of, files }) => ({
    ...unpublished(
      name,
      files,
      of.map((one) => one.name),
    ),
    series: of,
  }));
  const byFolder = new Map<string, File[]>();
  for (const file of others) {
    const name = file.path.slice(0, Math.max(0, file.path.lastIndexOf('/')));
    byFolder.set(name, [...(byFolder.get(name) ?? []), file]);
  }
  const rest = [...byFolder].map(([name, files]) =>
    unpublished(
      name,
      files,
      files.map(({ path }) => path.slice(name.length + 1)),
    ),
  );
  return [...published, ...series, ...rest].sort((a, b) =>
    a.folder < b.folder ? -1 : a.folder > b.folder ? 1 : 0,
  );
}

/** The published folders of a lake, with what each says of itself. */
export function publishedFolders(
  lake: string,
): readonly { readonly folder: string; readonly of: Published }[] {
  const below = (
    folder: string,
  ): readonly { readonly folder: string; readonly of: Published }[] => {
    const of = folder === lake ? undefined : readPublished(folder);
    if (of !== undefined) return of === 'damaged' ? [] : [{ folder: relative(lake, folder), of }];
    const own = folder === lake ? OWN : new Set<string>();
    return visible(folder)
      .filter((e) => e.isDirectory() && !own.has(e.name))
      .flatMap((e) => below(join(folder, e.name)));
  };
  return below(lake);
}

/** Published folders, and the files that stand in none; what lies at the top of the lake itself belongs to the engine. */
function walk(
  lake: string,
  folder: string,
): { readonly published: readonly Dataset[]; readonly plain: readonly File[] } {
  const own = folder === lake ? OWN : new Set<string>();
  const entries = visible(folder).filter((e) => !own.has(e.name));
  const published = folder === lake ? undefined : readPublished(folder);
  if (published !== undefined) {
    const files = filesBelow(lake, folder);
    const names = entries.map((e) => e.name);
    return {
      published: files.length === 0 ? [] : [dataset(lake, folder, published, files, names)],
      plain: [],
    };
  }
  const below = entries.filter((e) => e.isDirectory()).map((e) => walk(lake, join(folder, e.name)));
  const direct = entries.filter((e) => e.isFile() && folder !== lake);
  return {
    published: below.flatMap((one) => one.published),
    plain: [
      ...direct.map((e) => fileAt(lake, join(folder, e.name))),
      ...below.flatMap((one) => one.plain),
    ],
  };
}

function dataset(
  lake: string,
  folder: string,
  published: Published | 'damaged',
  files: readonly File[],
  entries: readonly string[],
): Dataset {
  const known = published === 'damaged' ? undefined : published;
  return {
    ...unpublished(relative(lake, folder), files, entries),
    pipeline: known?.pipeline ?? null,
    ports: known ? portsOf(lake, known) : [],
    damaged: published === 'damaged',
  };
}

function unpublished(folder: string, files: readonly File[], entries: readonly string[]): Dataset {
  return {
    folder,
    pipeline: null,
    ports: [],
    damaged: false,
    files: files.length,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    entries,
    series: [],
    changed: new Date(
      files.reduce((last, { mtimeMs }) => Math.max(last, mtimeMs), 0),
    ).toISOString(),
  };
}

function filesBelow(lake: string, folder: string): readonly File[] {
  return visible(folder).flatMap((e) => {
    if (e.isDirectory()) return filesBelow(lake, join(folder, e.name));
    return e.isFile() ? [fileAt(lake, join(folder, e.name))] : [];
  });
}

function fileAt(lake: string, path: string): File {
  const { size, mtimeMs } = statSync(path);
  return { path: relative(lake, path).split(sep).join('/'), bytes: size, mtimeMs };
}

function visible(folder: string) {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
  const entries = readdirSync(folder, { withFileTypes: true }).filter(
    (e) => !e.name.startsWith('.'),
  );
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function portsOf(lake: string, { ports }: Published): readonly DatasetPort[] {
  return Object.entries(ports).map(([name, port]) => {
    const { stage, run, profile, specs, items, writing } = port;
    return {
      name,
      stage,
      run,
      earlier: runsOf([...filesOf(port).values()], run).filter((id) => id !== run),
      profile,
      specs,
      sets: setsOf(lake, run),
      items: Object.keys(items).length,
      ...heldBy([...filesOf(port).values()]),
      tables: Object.entries(items).map(([own, { files }]) => {
        const periods = Object.keys(files).flatMap(
          (path) => periodIn(path.slice(own.length))?.period ?? [],
        );
        return {
          name: own,
          ...heldBy(Object.values(files)),
          missing: periodsOf(periods)?.missing ?? [],
          runs: runsOf(Object.values(files), run),
          files: Object.keys(files).length,
          bytes: Object.values(files).reduce((sum, { bytes }) => sum + bytes, 0),
        };
      }),
      unfinished: Object.keys(writing).length > 0,
    };
  });
}

/** The runs that files are of; their ids are made of the time they started. */
function runsOf(files: readonly PublishedFile[], run: string): readonly string[] {
  return [...new Set(files.flatMap(({ runs }) => runs ?? [run]))].sort();
}

/** What files hold together. */
function heldBy(files: readonly PublishedFile[]) {
  const sum = (values: readonly number[]) =>
    values.length > 0 ? values.reduce((all, n) => all + n, 0) : null;
  return {
    rows: sum(files.flatMap(({ rows }) => rows ?? [])),
    gaps: sum(files.flatMap(({ gaps }) => gaps ?? [])),
    // ISO times sort as text.
    from: files.flatMap(({ from }) => from ?? []).sort()[0] ?? null,
    to:
      files
        .flatMap(({ to }) => to ?? [])
        .sort()
        .at(-1) ?? null,
  };
}

function setsOf(lake: string, run: string): readonly string[] | null {
  const entry = listRuns(lake).find(({ id }) => id === run);
  try {
    return entry ? readManifest(entry).sets : null;
  } catch (error) {
    if (error instanceof Refusal) return null; // the caller says so; `dag audit` tells what is damaged
    throw error;
  }
}
