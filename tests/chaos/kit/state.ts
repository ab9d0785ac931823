import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findRun, readItems, readManifest } from '../../../engine/ledger/runs.js';
import { isKey } from '../../../engine/store/digest.js';
import { Records } from '../../../engine/store/records.js';
import { dag } from './command.js';

/** What a run ended with: digests of the pipeline's outputs, and for every item its key and the digest of all its outputs. */
export interface State {
  readonly outs: Readonly<Record<string, string>>;
  readonly items: Readonly<Record<string, string>>;
}

/** The state that a run has left in a lake; by default that of the last one. */
export function stateOf(lake: string, name = 'last'): State {
  const run = findRun(lake, name);
  const { result } = readManifest(run);
  if (!result) throw new Error(`Run ${run.id} never ended`);
  const records = new Records(join(lake, 'records'));
  const items = readItems(run).map(({ item, key }): [string, string] => {
    const entry = key !== undefined && isKey(key) ? records.find(key) : undefined;
    return [item, `${key} ${entry?.outputs}`];
  });
  const outs = Object.entries(Object(result.outs)).map(([out, given]): [string, string] => [
    out,
    String(Object(given).digest),
  ]);
  return { outs: Object.fromEntries(outs), items: Object.fromEntries(items.sort()) };
}

/** How many items of a run ended how. */
export function countsOf(lake: string, name = 'last'): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { outcome } of readItems(findRun(lake, name)))
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

/** Every end that the items of a run came to: one each, if all is well. */
export function outcomesOf(lake: string): Readonly<Record<string, readonly string[]>> {
  const ends: Record<string, string[]> = {};
  for (const { item, outcome } of readItems(findRun(lake, 'last')))
    ends[item] = [...(ends[item] ?? []), outcome];
  return ends;
}

/** What `dag audit --objects --json` finds. */
export interface Audit {
  readonly code: number | null;
  readonly broken: readonly string[];
  readonly damaged: readonly string[];
  readonly objects: number;
}

export async function audit(root: string): Promise<Audit> {
  const { code, out, err } = await dag(root, ['audit', '--objects', '--json']);
  if (out === '') throw new Error(err);
  const { runs, objects } = JSON.parse(out);
  return {
    code,
    broken: runs.filter((r: { state: string }) => r.state === 'broken'),
    damaged: objects.damaged.map(
      (d: { state: string; object: string }) => `${d.state} ${d.object}`,
    ),
    objects: objects.count,
  };
}

/** Names of temporary files anywhere in a lake. */
export function leftovers(lake: string): readonly string[] {
  return readdirSync(lake, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.tmp'))
    .sort();
}
