import { reporter } from '../diag/diagnostic.js';
import type { Problems } from '../diag/problems.js';
import type { Dimension, Stage } from './graph.js';

const report = reporter({ 'graph/cycle': 'The stages wait for each other: {cycle}.' });

/** The stages a stage takes something from, or must come after: inputs, dimensions, stand-ins, checks, `after`. */
export function sourcesOf(stage: Stage): readonly Stage[] {
  const found = new Set<Stage>();
  for (const input of stage.inputs) found.add(input.source.stage);
  for (const dimension of stage.dims) addDimension(dimension, found);
  for (const gate of stage.when) {
    for (const source of Object.values(gate.otherwise)) found.add(source.stage);
  }
  for (const check of [
    ...stage.when,
    ...stage.expect,
    ...(stage.repeat ? [stage.repeat.until] : []),
  ]) {
    for (const name of Object.values(check.names)) {
      if (name.kind === 'wire') found.add(name.input.source.stage);
    }
  }
  for (const before of stage.after) found.add(before);
  return [...found];
}

function addDimension(dimension: Dimension, found: Set<Stage>): void {
  if (dimension.points.kind === 'port') found.add(dimension.points.source.stage);
}

/**
 * Stages in an order in which each comes after its sources; among those that could come next, the first by path.
 * @returns undefined (and a problem that names the whole cycle) when there is no such order.
 */
export function inOrder(
  stages: readonly Stage[],
  problems: Problems,
): readonly Stage[] | undefined {
  const waiting = new Map<Stage, Set<Stage>>();
  const takers = new Map<Stage, Stage[]>();
  const sorted = [...stages].sort(byPath);
  for (const stage of sorted) {
    const sources = sourcesOf(stage).filter((s) => stages.includes(s));
    waiting.set(stage, new Set(sources));
    for (const source of sources) {
      const list = takers.get(source);
      if (list) list.push(stage);
      else takers.set(source, [stage]);
    }
  }
  const order: Stage[] = [];
  const ready = sorted.filter((s) => waiting.get(s)?.size === 0);
  for (let next = ready.shift(); next; next = ready.shift()) {
    order.push(next);
    waiting.delete(next);
    for (const taker of takers.get(next) ?? []) {
      const left = waiting.get(taker);
      left?.delete(next);
      if (left?.size === 0) insert(ready, taker);
    }
  }
  if (waiting.size === 0) return order;
  reportCycles(waiting, problems);
  return undefined;
}

function insert(ready: Stage[], stage: Stage): void {
  let at = ready.length;
  while (at > 0 && byPath(ready[at - 1] ?? stage, stage) > 0) at--;
  ready.splice(at, 0, stage);
}

/** One problem for each cycle that can be reached without passing a stage of one already told. */
function reportCycles(waiting: ReadonlyMap<Stage, ReadonlySet<Stage>>, problems: Problems): void {
  const told = new Set<Stage>();
  for (const start of waiting.keys()) {
    const cycle = cycleFrom(start, waiting, told);
    if (!cycle) continue;
    for (const stage of cycle) told.add(stage);
    const [first] = cycle;
    const related = cycle.map((stage, i) => {
      const source = cycle[(i + 1) % cycle.length] ?? stage;
      return {
        message: `"${stage.path}" takes from "${source.path}"`,
        place: placeOf(stage, source),
      };
    });
    const path = [...cycle, first].map((s) => s?.path).join(' ← ');
    problems.add(report('graph/cycle', first?.place, { cycle: path }, { related }));
  }
}

/** Follow sources until a stage comes again; undefined when the way leads into a cycle that was told. */
function cycleFrom(
  start: Stage,
  waiting: ReadonlyMap<Stage, ReadonlySet<Stage>>,
  told: ReadonlySet<Stage>,
): readonly Stage[] | undefined {
  const way: Stage[] = [];
  for (let at: Stage | undefined = start; at; ) {
    if (told.has(at)) return undefined;
    const before = way.indexOf(at);
    if (before >= 0) return fromFirst(way.slice(before));
    way.push(at);
    at = [...(waiting.get(at) ?? [])].filter((s) => waiting.has(s)).sort(byPath)[0];
  }
  return undefined;
}

/** The same cycle, started at the stage that comes first by path. */
function fromFirst(cycle: readonly Stage[]): readonly Stage[] {
  const first = [...cycle].sort(byPath)[0];
  const at = first ? cycle.indexOf(first) : 0;
  return [...cycle.slice(at), ...cycle.slice(0, at)];
}

function placeOf(stage: Stage, source: Stage) {
  return stage.inputs.find((i) => i.source.stage === source)?.place ?? stage.place;
}

function byPath(a: Stage, b: Stage): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
