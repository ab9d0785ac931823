import { reporter } from '../diag/diagnostic.js';
import type { Problems } from '../diag/problems.js';
import type { NameAst } from './ast.js';
import type { Dimension, Stage } from './graph.js';
import type { Session } from './scope.js';

const report = reporter({
  'graph/too-many-stages': 'Parts within parts give more than {limit} stages.',
  'graph/too-many-items':
    'Stage "{stage}" has {count} items ({sizes}); at most {limit} are possible.',
});

/** Most stages of a pipeline with all its parts opened: a few parts that use each other ten times make a million. */
export const MAX_STAGES = 10_000;
/** Most items of one stage, before `where` drops any. */
export const MAX_ITEMS = 1_000_000;

const opened = new WeakMap<Session, number>();

/** Count a stage that is opened. @returns false, once told, when there are too many. */
export function admitStage(session: Session, use: NameAst): boolean {
  const count = (opened.get(session) ?? 0) + 1;
  opened.set(session, count);
  if (count === MAX_STAGES + 1) {
    session.problems.add(report('graph/too-many-stages', use.place, { limit: MAX_STAGES }));
  }
  return count <= MAX_STAGES;
}

/** Refuse stages whose dimensions multiply to more items than could ever be run; those of a run are not known yet. */
export function checkItems(stages: readonly Stage[], problems: Problems): void {
  for (const { path, place, dims } of stages) {
    const sized = dims.flatMap((d) => {
      const size = sizeOf(d);
      return size === undefined ? [] : [{ name: d.name, size }];
    });
    const count = sized.reduce((product, { size }) => product * size, 1);
    if (count <= MAX_ITEMS) continue;
    const sizes = sized.map(({ name, size }) => `${size} ${name}`).join(' × ');
    problems.add(
      report('graph/too-many-items', place, { stage: path, count, sizes, limit: MAX_ITEMS }),
    );
  }
}

function sizeOf({ points, depends }: Dimension): number | undefined {
  return points.kind === 'static' && depends.length === 0 ? points.at(new Map()).length : undefined;
}
