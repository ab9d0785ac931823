import type { Diagnostic } from '../diag/diagnostic.js';
import { reporter } from '../diag/diagnostic.js';
import { refuse } from '../diag/refusal.js';
import { Names, ownerOf } from './defined.js';
import type { Env } from './env.js';
import { operators } from './ops/index.js';
import type { Tree } from './tree.js';
import { Typing } from './typing.js';
import { SELF, type World } from './world.js';

const report = reporter({
  'check/not-constant': 'A check gives one value; this part is a series.',
});

/**
 * The value of a formula that reads nothing, worked out by the operators themselves; null where it is missing.
 * @param measured  Whether its constants are values of a run: what they have no result for is then missing, not refused.
 * @throws the problems of the formula
 */
export function constantValue(tree: Tree, measured: boolean): number | boolean | string | null {
  const problems: Diagnostic[] = [];
  const main = {
    name: 'rows',
    spacing: undefined,
    nominal: undefined,
    within: undefined,
    width: 0,
  };
  const world: World = {
    tables: new Map(),
    clocks: new Map(),
    main,
    operators,
    composed: new Map(),
    options: { admit: 'feature', measured },
    report: (p) => problems.push(p),
  };
  const typing = new Typing(world, new Names(new Map()));
  const owner = ownerOf('', SELF);
  const env: Env = { locals: undefined, root: SELF, owner, site: undefined, depth: 0 };
  const typed = typing.type(tree, env);
  if (problems.length > 0) refuse(...problems);
  const node = typed?.node;
  if (node?.kind !== 'constant') return refuse(report('check/not-constant', tree.place));
  return node.value ?? null;
}
