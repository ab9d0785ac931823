import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Compiled } from '../run/compile.js';
import type { Project } from '../run/project.js';
import { walkStored } from '../run/stored-walk.js';
import { iso } from './blind.js';
import { runCut } from './cut-run.js';
import { differences, type WholeFinding } from './held-outputs.js';
import { Windows } from './windows.js';

/** What whole second runs of a pipeline found. */
export interface WholeExamined {
  readonly runs: number;
  /** Outputs of items that were held to each other: rows known by the cut, and estimates whose windows were over. */
  readonly rowwise: number;
  readonly estimates: number;
  /** Items that were refused in a second run, or needed one that was; and why. */
  readonly unjudged: number;
  readonly refusals: readonly string[];
  readonly findings: readonly WholeFinding[];
}

/**
 * The two-run test of a pipeline from end to end: run it again in a lake of its own with all removed, or replaced, that its sources
 * tell after a time, and hold every output that was known by then to what it was: rows, and estimates of windows that were over, such
 * as thresholds, clusters and weights. The times are ends of windows, where an estimate has just become known.
 */
export async function examineWhole(
  project: Project,
  compiled: Compiled,
  cuts: number,
): Promise<WholeExamined> {
  const { walk } = walkStored(project, compiled);
  const windows = new Windows(project, compiled, walk.entries);
  const moments = chosen(windows.ends(), cuts);
  const found: WholeFinding[] = [];
  const held = { rowwise: 0, estimates: 0, unjudged: 0 };
  const refusals = new Set<string>();
  for (const at of moments)
    for (const future of ['removed', 'scrambled'] as const) {
      const folder = mkdtempSync(join(tmpdir(), 'dag-pit-'));
      try {
        const other = await runCut(project, compiled, folder, at, future);
        for (const message of other.refusals) refusals.add(message);
        const how = `all that sources tell after ${iso(at)} ${future === 'removed' ? 'removed' : 'replaced'}`;
        found.push(...differences(project, other, walk.entries, windows, { at, how, held }));
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    }
  return {
    runs: 2 * moments.length,
    ...held,
    refusals: [...refusals],
    findings: firstOfEach(found),
  };
}

/** Ends of windows, spread from the first to the last but one: after the last there is nothing to take away. */
function chosen(ends: readonly number[], count: number): readonly number[] {
  const step = (ends.length - 1) / count;
  const picked = Array.from({ length: count }, (_, i) => ends[Math.floor((i + 0.5) * step)]);
  return [...new Set(picked)].filter((at) => at !== undefined);
}

/** Of each output's column the first; stages stand in the order in which they run, so the first is where it starts. */
function firstOfEach(found: readonly WholeFinding[]): readonly WholeFinding[] {
  const first = new Map<string, WholeFinding>();
  for (const one of found) {
    const id = `${one.item}.${one.port}.${one.column}`;
    if (!first.has(id)) first.set(id, one);
  }
  return [...first.values()];
}
