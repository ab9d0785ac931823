import type { Diagnostic } from '../diag/diagnostic.js';
import type { Graph } from '../graph/graph.js';
import type { Entry } from '../plan/entry.js';
import type { State } from '../plan/outcome.js';
import type { Walk } from '../plan/walk.js';
import { digestOf } from '../store/stored.js';
import type { Outcome, OutValue, Summary, Timings } from './events.js';

const NOTHING: Timings = { queue: 0, hash: 0, read: 0, user: 0, write: 0 };

/** Counts what happens in a run. */
export class Tally {
  readonly #counts: Record<Outcome, number> = {
    cached: 0,
    done: 0,
    joined: 0,
    failed: 0,
    skipped: 0,
    blocked: 0,
    cancelled: 0,
  };
  readonly #degraded = new Set<string>();
  #warnings = 0;
  #remembered = 0;
  #timings = NOTHING;
  /** Timings of the execution that was counted last. */
  last: Timings = NOTHING;

  ended(entry: Entry, outcome: Outcome): void {
    this.#counts[outcome] += 1;
    const settled = entry.state.kind === 'given' ? entry.state.outputs.settled : undefined;
    if (entry.stage.repeat && settled?.kind === 'scalar' && settled.value === false)
      this.#degraded.add(entry.item.name);
  }

  executed(timings: Timings): void {
    this.last = timings;
    const sum = (k: keyof Timings) => this.#timings[k] + timings[k];
    this.#timings = {
      queue: sum('queue'),
      hash: sum('hash'),
      read: sum('read'),
      user: sum('user'),
      write: sum('write'),
    };
  }

  warned(problem: Diagnostic, entry?: Entry): void {
    this.#warnings += 1;
    if (entry && problem.code === 'run/expectation') this.#degraded.add(entry.item.name);
  }

  /** An item was taken from the store; when it was executed, it gave so many warnings. */
  remembered(warnings: number): void {
    this.#remembered += warnings;
  }

  summary(
    graph: Graph,
    walk: Walk,
    paths: ReadonlyMap<string, string>,
    elapsed: number,
    interrupted: boolean,
  ): Summary {
    const failed = this.#counts.failed + this.#counts.blocked > 0;
    return {
      outcome: interrupted ? 'interrupted' : failed ? 'failed' : 'done',
      counts: { ...this.#counts },
      degraded: [...this.#degraded].sort(),
      warnings: this.#warnings,
      remembered: this.#remembered,
      elapsed,
      timings: this.#timings,
      outs: outsOf(graph, walk, paths),
    };
  }
}

/** The named outputs of a pipeline; those of a stage with many items carry their points in the name. */
function outsOf(
  graph: Graph,
  walk: Walk,
  paths: ReadonlyMap<string, string>,
): Readonly<Record<string, OutValue>> {
  const outs: Record<string, OutValue> = {};
  for (const [name, { stage, port }] of Object.entries(graph.outs)) {
    const items = walk.items.of(stage);
    for (const item of items) {
      const { state } = walk.entryOf(item);
      const stored = state.kind === 'given' ? state.outputs[port] : undefined;
      if (!stored) continue;
      const label = items.length === 1 ? name : `${name}@${item.points.map((p) => p.id).join(':')}`;
      const path = paths.get(`${item.name}.${port}`);
      const file = path === undefined ? {} : { path };
      outs[label] = { kind: stored.kind, digest: digestOf(stored), ...file };
    }
  }
  return outs;
}

/** How an item ended, as people are told. */
export function outcomeOf(state: State, cancelled: boolean): Outcome {
  if (cancelled) return 'cancelled';
  if (state.kind === 'given') return state.how === 'stand-in' ? 'skipped' : state.how;
  return state.kind === 'skipped' || state.kind === 'failed' || state.kind === 'blocked'
    ? state.kind
    : 'cancelled';
}

/** Milliseconds that an execution kept its thread busy. */
export function spent({ read, user, write }: Pick<Timings, 'read' | 'user' | 'write'>): number {
  return read + user + write;
}
