import { readdirSync, rmSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { decodeTime } from 'ulid';
import { Refusal } from '../diag/refusal.js';
import { guarded, unlessAbsent } from '../store/failure.js';
import { mayRun } from '../store/live.js';
import { RUN_ID, type RunEntry, readManifest } from './runs.js';

/** A folder without a manifest is of a run that is about to start, or of one that was killed doing so. */
const STARTING_MS = 3_600_000;

/** Which runs are over and out of use, and since when others may be under way. */
export interface RunAges {
  /** Folders that nothing needs any more, oldest first. */
  readonly old: readonly RunEntry[];
  /** So many stay for their age alone. */
  readonly young: number;
  /** When the first run started that may still be under way, milliseconds since 1970. */
  readonly busySince: number | undefined;
}

/**
 * Sort the runs of a lake by what gc may do with them.
 * @param keep   Ids that stay.
 * @param young  Runs that started less than so many milliseconds ago stay.
 */
export function ageRuns(
  lake: string,
  { keep, young, now }: { readonly keep: ReadonlySet<string>; young: number; now: number },
): RunAges {
  const folder = join(lake, 'runs');
  const ids = (unlessAbsent(folder, () => readdirSync(folder)) ?? []).filter((id) =>
    RUN_ID.test(id),
  );
  const runs = ids.sort().map((id) => ({ id, folder: join(folder, id) }));
  const busy = runs.filter((run) => isUnderWay(run, now));
  const out = runs.filter((run) => !busy.includes(run) && !keep.has(run.id));
  const old = out.filter((run) => now - decodeTime(run.id) >= young);
  return { old, young: out.length - old.length, busySince: busy[0] && decodeTime(busy[0].id) };
}

/** Remove the folder of a run. The manifest goes first: without it the rest is no run any more, wherever a kill falls. */
export function removeRun({ folder }: RunEntry): void {
  const manifest = join(folder, 'manifest.json');
  guarded(manifest, () => rmSync(manifest, { force: true }));
  guarded(folder, () => rmSync(folder, { recursive: true, force: true }));
}

/** May the process of a run still go on? In doubt it does. */
function isUnderWay(run: RunEntry, now: number): boolean {
  const started = decodeTime(run.id);
  if (!statSync(join(run.folder, 'manifest.json'), { throwIfNoEntry: false }))
    return now - started < STARTING_MS;
  try {
    const { ended, pid, host } = readManifest(run);
    if (typeof ended === 'string') return false;
    const name = Object(host).name === hostname() ? hostname() : '';
    return mayRun({ pid, host: name }, started, now);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return mayRun(undefined, started, now); // a damaged manifest tells nothing
  }
}
