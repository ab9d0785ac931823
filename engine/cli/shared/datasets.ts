import { readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Refusal } from '../../diag/refusal.js';
import { listRuns, readManifest } from '../../ledger/runs.js';
import { filesOf, type Published, readPublished } from '../../run/publish/published.js';
import type { JsonObject } from '../../yaml/value.js';

/** Folders of a lake that are the engine's own. */
export const OWN = new Set(['objects', 'records', 'runs', 'trials', 'cache']);

/** A folder of the lake with data files in it. */
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
  /** Names of the sub-folders or files, e.g. symbols. */
  readonly entries: readonly string[];
  /** ISO time of the latest file. */
  readonly changed: string;
}

/** A published output: whose it is, and what all its tables hold together. */
export interface DatasetPort {
  readonly name: string;
  readonly stage: string;
  readonly run: string;
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
  /** A process was killed while it replaced the files; the next run of the pipeline completes that. */
  readonly unfinished: boolean;
}

/** A published folder is one dataset; elsewhere every folder that directly holds files is. */
export function datasets(lake: string, folder: string): readonly Dataset[] {
  const own = folder === lake ? OWN : new Set<string>();
  const entries = visible(folder).filter((e) => !own.has(e.name));
  const published = readPublished(folder);
  const direct = entries.filter((e) => e.isFile() && folder !== lake);
  if (published !== undefined || direct.length > 0) {
    const files = filesBelow(folder);
    return files.length === 0
      ? []
      : [
          dataset(
            lake,
            relative(lake, folder),
            published,
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
  lake: string,
  folder: string,
  published: Published | 'damaged' | undefined,
  files: readonly string[],
  entries: readonly string[],
): Dataset {
  const known = published === 'damaged' ? undefined : published;
  const stats = files.map((file) => statSync(file));
  return {
    folder,
    pipeline: known?.pipeline ?? null,
    ports: known ? portsOf(lake, known) : [],
    damaged: published === 'damaged',
    files: files.length,
    bytes: stats.reduce((sum, { size }) => sum + size, 0),
    entries,
    changed: new Date(Math.max(...stats.map((s) => s.mtimeMs))).toISOString(),
  };
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

function portsOf(lake: string, { ports }: Published): readonly DatasetPort[] {
  return Object.entries(ports).map(([name, port]) => {
    const files = [...filesOf(port).values()];
    const rows = files.flatMap((file) => file.rows ?? []);
    const { stage, run, profile, specs, items, writing } = port;
    return {
      name,
      stage,
      run,
      profile,
      specs,
      sets: setsOf(lake, run),
      items: Object.keys(items).length,
      rows: rows.length > 0 ? rows.reduce((sum, n) => sum + n, 0) : null,
      // ISO times sort as text.
      from: files.flatMap((file) => file.from ?? []).sort()[0] ?? null,
      to:
        files
          .flatMap((file) => file.to ?? [])
          .sort()
          .at(-1) ?? null,
      unfinished: Object.keys(writing).length > 0,
    };
  });
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
