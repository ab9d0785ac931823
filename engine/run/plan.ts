import type { Stage } from '../graph/graph.js';
import { setsOf } from '../ledger/manifest.js';
import type { Entry } from '../plan/entry.js';
import { differences } from '../plan/explain.js';
import type { Plan, PlannedItem, Reason, UnknownFanOut } from '../plan/reason.js';
import type { Walk } from '../plan/walk.js';
import type { RunRecord } from '../store/record.js';
import type { Compiled } from './compile.js';
import { looksOutside } from './files.js';
import { History } from './history.js';
import type { Project } from './project.js';
import { walkStored } from './stored-walk.js';

/** What a run would do, and why; nothing is executed or written. */
export function planPipeline(project: Project, compiled: Compiled): Plan {
  const planner = new Planner(project, compiled);
  return { pipeline: compiled.graph.name, items: planner.items(), unknown: planner.unknown() };
}

/** Why one item is as it is: its state, what changed since the run before, and what it is made from. */
export interface Explanation {
  readonly item: string;
  readonly node: string;
  readonly state: PlannedItem['state'];
  readonly reasons: readonly Reason[];
  readonly key: string | undefined;
  /** Everything the key is the hash of; undefined while something upstream must run first. */
  readonly preimage: string | undefined;
  /** The earlier record that reasons compare with. */
  readonly earlier: { readonly key: string; readonly at: string } | undefined;
}

/** @returns undefined when the pipeline has no such item (yet). */
export function explainItem(
  project: Project,
  compiled: Compiled,
  item: string,
): Explanation | undefined {
  return new Planner(project, compiled).explain(item);
}

class Planner {
  readonly #walk: Walk;
  readonly #history: History;
  readonly #stale: ReadonlySet<Entry>;

  constructor(
    readonly project: Project,
    readonly compiled: Compiled,
  ) {
    const { graph, options } = compiled;
    this.#history = new History(project, {
      pipeline: graph.name,
      profile: options.profile ?? null,
      sets: setsOf(options.sets ?? []),
    });
    const { walk, stale } = walkStored(project, compiled);
    this.#walk = walk;
    this.#stale = stale;
  }

  items(): readonly PlannedItem[] {
    const rank = new Map(this.compiled.graph.stages.map((stage, i) => [stage, i]));
    const order = (a: Entry, b: Entry) => (rank.get(a.stage) ?? 0) - (rank.get(b.stage) ?? 0);
    return [...this.#walk.entries].sort(order).map((entry) => this.#planned(entry));
  }

  unknown(): readonly UnknownFanOut[] {
    const found = new Map<string, { dimension: string; after: string; stages: Set<Stage> }>();
    for (const { after, stage, dimension } of this.#walk.expansion.awaited()) {
      const id = `${dimension.id} ${after.name}`;
      const known = found.get(id) ?? {
        dimension: dimension.name,
        after: after.name,
        stages: new Set(),
      };
      known.stages.add(stage);
      found.set(id, known);
    }
    return [...found.values()].map(({ dimension, after, stages }) => {
      const paths = [...stages].map((s) => s.path).sort();
      const lastTime = this.#history.count((item) => paths.includes(item.split('@')[0] ?? ''));
      return { dimension, after, stages: paths, lastTime };
    });
  }

  explain(name: string): Explanation | undefined {
    const entry = this.#walk.entries.find((e) => e.item.name === name || e.name === name);
    if (!entry) return undefined;
    const { state, reasons, key } = this.#planned(entry);
    const earlier = this.#earlier(entry);
    return {
      item: entry.name,
      node: entry.stage.node.type,
      state,
      reasons,
      key,
      preimage: entry.keyed?.preimage,
      earlier: earlier && { key: earlier.key, at: earlier.at },
    };
  }

  #planned(entry: Entry): PlannedItem {
    const base = {
      item: entry.item.name,
      stage: entry.stage.path,
      node: entry.stage.node.type,
      key: entry.keyed?.key,
    };
    const { state } = entry;
    if (this.#stale.has(entry)) {
      const expected = this.#history.seconds(entry.item.name);
      return { ...base, state: 'stale', reasons: this.#reasons(entry), expected };
    }
    if (state.kind === 'given') return { ...base, state: 'cached', reasons: [] };
    // An item whose key is known waits for nobody upstream: another one with this key runs for both.
    if (state.kind === 'pending' && entry.keyed) {
      const reasons: readonly Reason[] = [{ kind: 'same', item: state.on[0] ?? '' }];
      return { ...base, state: 'pending', reasons, expected: 0 };
    }
    if (state.kind === 'pending') {
      const expected = this.#history.seconds(entry.item.name);
      return {
        ...base,
        state: 'pending',
        reasons: [{ kind: 'upstream', items: state.on }],
        expected,
      };
    }
    if (state.kind === 'waiting') {
      const expected = this.#history.seconds(entry.item.name);
      const reasons: readonly Reason[] = [{ kind: 'upstream', items: this.#awaited(entry) }];
      return { ...base, state: 'pending', reasons, expected };
    }
    return { ...base, state: 'skipped', reasons: [] };
  }

  /** Stages that an item takes from and whose items are not all known before something has run. */
  #awaited({ stage }: Entry): readonly string[] {
    const sources = [...stage.inputs.map(({ source }) => source.stage), ...stage.after];
    const open = sources.filter((source) => this.#walk.expansion.open(source, new Map()));
    return [...new Set((open.length > 0 ? open : sources).map(({ path }) => path))];
  }

  #reasons(entry: Entry): readonly Reason[] {
    const before = this.#earlier(entry);
    if (!before || !entry.keyed) return [{ kind: 'never-ran' }];
    const differ = differences(before.preimage, JSON.parse(entry.keyed.preimage));
    return looksOutside(entry.stage) ? [{ kind: 'network' }, ...differ] : differ;
  }

  #earlier(entry: Entry): RunRecord | undefined {
    const { keyed, item } = entry;
    return this.#history.record(item.name, keyed && JSON.parse(keyed.preimage));
  }
}
