import { Refusal } from '../diag/refusal.js';
import type { Entry } from '../plan/entry.js';
import { Walk } from '../plan/walk.js';
import type { Compiled } from './compile.js';
import { looksOutside } from './files.js';
import { Held } from './held.js';
import { Ingredients } from './ingredients.js';
import { Look } from './look.js';
import { Memory } from './memory.js';
import type { Project } from './project.js';
import { Steering } from './steering.js';

/** A pipeline as far as earlier results reach. */
export interface StoredWalk {
  readonly walk: Walk;
  readonly ingredients: Ingredients;
  /** Items whose ingredients are all there and whose result is not. */
  readonly stale: ReadonlySet<Entry>;
}

/**
 * Take the items of a pipeline as far as earlier results reach; nothing is executed or written.
 * @param failures  `told`: what fails is thrown; `left`: it is left, as after a run that was only compared with another.
 */
export function walkStored(
  project: Project,
  compiled: Compiled,
  failures: 'told' | 'left' = 'told',
): StoredWalk {
  const look = new Look(project.store.objects);
  const memory = new Memory(project.store);
  const steering = new Steering(compiled.graph, project.store.objects, memory);
  const held = new Held(compiled.graph, project.store.objects);
  const ingredients = new Ingredients(project, compiled);
  const walk = new Walk(compiled, {
    find: (key, entry) => {
      if (failures === 'told' && looksOutside(entry.stage)) return undefined;
      const known = memory.find(key);
      const whole = known && steering.lost(entry.stage, key, known.outputs).length === 0;
      return whole && held.verdict(entry, known) !== 'broken' ? known.outputs : undefined;
    },
    keyOf: (entry, values) => ingredients.keyOf(entry, values),
    points: (dimension, stored) => look.points(dimension, stored),
    check: (check, see, at) => look.judge(check, see, at),
    ended: () => {},
    warn: () => {},
    lenient: failures === 'left',
  });
  const stale = new Set<Entry>();
  walk.start();
  for (let entry = walk.take(); entry; entry = walk.take()) {
    stale.add(entry);
    walk.leave(entry);
  }
  const broken = walk.entries.flatMap((e) => (e.state.kind === 'failed' ? e.problems : []));
  if (broken.length > 0 && failures === 'told') throw new Refusal(broken);
  return { walk, ingredients, stale };
}
