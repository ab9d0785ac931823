import type { Stage } from '../../graph/graph.js';
import type { State } from '../../plan/outcome.js';
import type { Walk } from '../../plan/walk.js';

/**
 * Why a run has not all items of a stage: some failed, were blocked or cancelled, or a table that its dimensions are read from
 * did not come about. Undefined where every item gave its outputs or was skipped.
 */
export function gapOf(walk: Walk, stage: Stage): string | undefined {
  const states = walk.items.of(stage).map((item) => walk.entryOf(item).state);
  const lacking = states.filter(isLacking);
  if (lacking.length > 0) return `${lacking.length} of ${states.length} items ${words(lacking)}`;
  const unknown = stage.dims.find(
    ({ points }) =>
      points.kind === 'port' &&
      walk.items.of(points.source.stage).some((item) => isLacking(walk.entryOf(item).state)),
  );
  if (unknown) return `not every ${unknown.name} is known`;
  return walk.expansion.open(stage, new Map()) ? 'not every item is known' : undefined;
}

function isLacking(state: State): boolean {
  return state.kind !== 'given' && state.kind !== 'skipped';
}

function words(lacking: readonly State[]): string {
  const failed = lacking.filter(({ kind }) => kind === 'failed').length;
  if (failed === lacking.length) return 'failed';
  return failed === 0 ? 'were blocked' : 'failed or were blocked';
}
