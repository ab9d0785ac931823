import { isFrame } from '../frame/frame.js';
import { appendTrials, MAIN } from '../ledger/trials.js';
import type { Entry } from '../plan/entry.js';
import type { Outputs } from '../plan/outcome.js';
import type { Trial } from '../sdk/trial.js';
import { readValue } from '../store/value.js';
import type { Project } from './project.js';

/** The port at which a node tells which hypotheses it looked at. */
const PORT = 'trials';
const COLUMNS = ['id', 'namespace', 'event', 'template'];

/**
 * Add the hypotheses that an item looked at to `lake/trials/`: by column `id`, with `event` and `template`, and the set from column
 * `namespace` where the table has them. Done before the item's record is written, so that nothing that was looked at is forgotten.
 */
export function rememberTrials(project: Project, entry: Entry, outputs: Outputs): void {
  const stored = outputs[PORT];
  if (stored?.kind !== 'frame' || entry.stage.node.out[PORT] === undefined) return;
  const columns = COLUMNS.filter((name) => stored.columns.some((c) => c.name === name));
  if (!columns.includes('id')) return;
  const read = readValue(project.store.objects, stored, columns);
  if (read.state !== 'ok' || !isFrame(read.value)) return;
  const frame = read.value;
  const texts = (name: string) => (frame.has(name) ? frame.texts(name) : []);
  const [spaces, events, templates] = [texts('namespace'), texts('event'), texts('template')];
  const sets = new Map<string, Trial[]>();
  frame.texts('id').forEach((id, row) => {
    const space = spaces[row] ?? MAIN;
    const trials = sets.get(space) ?? [];
    if (id !== null)
      trials.push({ id, event: events[row] ?? null, template: templates[row] ?? null });
    sets.set(space, trials);
  });
  for (const [space, trials] of sets) appendTrials(project.lake, trials, space);
}
