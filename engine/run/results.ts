import { type Diagnostic, reporter } from '../diag/diagnostic.js';
import { toJson } from '../diag/json.js';
import type { Graph } from '../graph/graph.js';
import type { Entry } from '../plan/entry.js';
import type { Outputs } from '../plan/outcome.js';
import type { Key } from '../store/digest.js';
import { outputsDigest } from '../store/record.js';
import type { Timings } from './events.js';
import { looksOutside } from './files.js';
import { Held } from './held.js';
import type { Memory } from './memory.js';
import type { Project } from './project.js';
import { Steering } from './steering.js';
import type { Tally } from './tally.js';
import type { TaskResult } from './task.js';
import { rememberTrials } from './trials.js';

const report = reporter({
  'store/nondeterministic':
    '{item} gave other results than before from the same ingredients (record of {before}): {node} is not deterministic.',
  'store/lost': 'Object {object} of {item} is {state}: the item runs again.',
});

/** What items gave, in earlier runs and in this one. */
export class Results {
  readonly #steering: Steering;
  readonly #held: Held;

  constructor(
    readonly project: Project,
    graph: Graph,
    readonly memory: Memory,
    readonly tally: Tally,
    readonly warn: (entry: Entry, problem: Diagnostic) => void,
  ) {
    this.#steering = new Steering(graph, project.store.objects, memory);
    this.#held = new Held(graph, project.store.objects);
  }

  /**
   * What an earlier run gave, unless the item looks at the network, what steers this run is damaged in it, or it breaks a
   * contract that was edited since: then it runs again, and the execution tells what is wrong.
   */
  known(key: Key, entry: Entry): Outputs | undefined {
    const known = looksOutside(entry.stage) ? undefined : this.memory.find(key);
    if (!known) return undefined;
    const { outputs, warnings } = known;
    const [lost] = this.#steering.lost(entry.stage, key, outputs);
    if (!lost) {
      const verdict = this.#held.verdict(entry, known);
      if (verdict === 'broken') return undefined;
      const held = this.#held.digest(entry.stage);
      if (verdict === 'kept' && known.held !== held) this.memory.hold(key, held);
      this.tally.remembered(warnings.length);
      return outputs;
    }
    const facts = { item: entry.name, object: lost.hash.slice(0, 12), state: lost.state };
    this.warn(entry, report('store/lost', entry.stage.place, facts, { severity: 'warning' }));
    return undefined;
  }

  /** Write the record of a result, and tell if the same ingredients once gave another. */
  keep(
    entry: Entry,
    result: Extract<TaskResult, { kind: 'given' }>,
    own: Pick<Timings, 'queue' | 'hash'>,
  ): Diagnostic | undefined {
    const { outputs, warnings, log } = result;
    const timings = { ...own, ...result.timings };
    const earlier = entry.keyed && this.memory.find(entry.keyed.key);
    rememberTrials(this.project, entry, outputs);
    this.tally.executed(timings);
    for (const problem of warnings) this.warn(entry, problem);
    const differs = this.memory.keep(
      entry,
      {
        outputs,
        timings,
        warnings: toJson(warnings).map((w) => ({ ...w, place: null, related: [] })),
        log,
        held: this.#held.digest(entry.stage),
      },
      new Date(),
    );
    if (!differs || !earlier || looksOutside(entry.stage)) return undefined;
    if (outputsDigest(earlier.outputs) === outputsDigest(outputs)) return undefined;
    const facts = { item: entry.name, node: entry.stage.node.type, before: earlier.at };
    return report('store/nondeterministic', entry.stage.place, facts);
  }
}
