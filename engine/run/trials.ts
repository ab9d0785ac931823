import { isFrame } from '../frame/frame.js';
import { appendTrials, MAIN } from '../ledger/trials.js';
import type { Entry } from '../plan/entry.js';
import type { Outputs } from '../plan/outcome.js';
import { readValue } from '../store/value.js';
import type { Project } from './project.js';

/** The port at which a node tells which hypotheses it looked at. */
const PORT = 'trials';

/**
 * Add the hypotheses that an item looked at to `lake/trials/`: ids from column `id`, and the set from column `namespace` where
 * the table has one. Done before the item's record is written, so that nothing that was looked at is forgotten.
 */
export function rememberTrials(project: Project, entry: Entry, outputs: Outputs): void {
  const stored = outputs[PORT];
  if (stored?.kind !== 'frame' || entry.stage.node.out[PORT] === undefined) return;
  const columns = ['id', 'namespace'].filter((name) => stored.columns.some((c) => c.name === name));
  if (!columns.includes('id')) return;
  const read = readValue(project.store.objects, stored, columns);
  if (read.state !== 'ok' || !isFrame(read.value)) return;
  const frame = read.value;
  const spaces = frame.has('namespace') ? frame.texts('namespace') : [];
  const sets = new Map<string, string[]>();
  frame.texts('id').forEach((id, row) => {
    const space = spaces[row] ?? MAIN;
    const ids = sets.get(space) ?? [];
    if (id !== null) ids.push(id);
    sets.set(space, ids);
  });
  for (const [space, ids] of sets) appendTrials(project.lake, ids, space);
}
