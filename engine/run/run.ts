import { type Diagnostic, reporter } from '../diag/diagnostic.js';
import { toJson } from '../diag/json.js';
import { RunFolder } from '../ledger/folder.js';
import type { Entry } from '../plan/entry.js';
import { ended } from '../plan/outcome.js';
import { Walk } from '../plan/walk.js';
import { outputsDigest } from '../store/record.js';
import type { JsonObject } from '../yaml/value.js';
import type { Compiled } from './compile.js';
import type { Emit, Outcome, Summary, Timings } from './events.js';
import { Ingredients } from './ingredients.js';
import { Look } from './look.js';
import { Memory } from './memory.js';
import { needed } from './needed.js';
import { Performer } from './perform.js';
import type { Project } from './project.js';
import { Publisher } from './publish.js';
import { Schedule } from './schedule.js';
import { Tally } from './tally.js';
import type { Executor, TaskResult } from './task.js';
import { rememberTrials } from './trials.js';

const report = reporter({
  'store/nondeterministic':
    '{item} gave other results than before from the same ingredients (record of {before}): {node} is not deterministic.',
});

export interface RunOptions {
  readonly threads: number;
  /** Bytes. */
  readonly memory: number;
  readonly failFast: boolean;
  readonly durability: 'relaxed' | 'run';
  /** Mean seconds of an item of a stage, from earlier runs. */
  readonly history: () => ReadonlyMap<string, number>;
}

export interface RunResult {
  readonly run: string;
  readonly summary: Summary;
  /** 0 done, 1 an item failed, 130 interrupted. */
  readonly exit: 0 | 1 | 130;
}

/** Execute a compiled pipeline: every item is known, executed, skipped or failed when this returns. */
export async function runPipeline(
  project: Project,
  compiled: Compiled,
  executor: Executor,
  options: RunOptions,
  emit: Emit,
  signal: AbortSignal,
): Promise<RunResult> {
  return new Run(project, compiled, executor, options, emit, signal).complete();
}

class Run {
  readonly walk: Walk;
  readonly memory: Memory;
  readonly performer: Performer;
  readonly schedule: Schedule;
  readonly folder: RunFolder;
  readonly tally = new Tally();
  readonly publisher: Publisher;
  readonly ingredients: Ingredients;
  /** When an item came up for execution, and how long its key took. */
  readonly #ready = new Map<Entry, number>();
  readonly #interrupted = new Set<Entry>();
  #wake: () => void = () => {};
  #stopping = false;
  #bug: { readonly thrown: unknown } | undefined;

  constructor(
    readonly project: Project,
    readonly compiled: Compiled,
    readonly executor: Executor,
    readonly options: RunOptions,
    readonly emit: Emit,
    readonly signal: AbortSignal,
  ) {
    const { store } = project;
    const look = new Look(store.objects);
    this.memory = new Memory(store);
    this.ingredients = new Ingredients(project, compiled);
    this.publisher = new Publisher(project);
    this.walk = new Walk(compiled, {
      find: (key) => this.memory.find(key)?.outputs,
      keyOf: (entry, values) => this.ingredients.keyOf(entry, values),
      points: (dimension, stored) => look.points(dimension, stored),
      check: (check, see, at) => look.holds(check, see, at),
      ended: (entry) => this.#ended(entry),
      warn: (entry, problem) => this.#warn(entry, problem),
    });
    this.schedule = new Schedule(compiled.graph, options, options.history);
    this.folder = new RunFolder(project.root, project.lake, this.#manifest(), options);
    this.performer = new Performer({
      executor,
      store,
      walk: this.walk,
      signal,
      taskOf: (entry) => this.ingredients.taskOf(entry),
      warn: (entry, problem) => this.#warn(entry, problem),
      keepAgain: (entry, result) => this.#keep(entry, result, { queue: 0, hash: 0 }),
    });
    executor.onEvent((event) => {
      const item = this.ingredients.itemOf(event.key);
      if (event.kind === 'log')
        this.emit({ event: 'item-log', item, message: event.message, facts: event.facts });
      else this.emit({ event: 'item-progress', item, done: event.done, total: event.total });
    });
  }

  async complete(): Promise<RunResult> {
    const began = performance.now();
    const { graph } = this.compiled;
    this.signal.addEventListener('abort', () => this.#interrupt(), { once: true });
    this.emit({ event: 'run-started', run: this.folder.id, pipeline: graph.name, items: 0 });
    for (const problem of this.compiled.warnings) this.emit({ event: 'warning', problem });
    this.walk.start();
    await this.#drive();
    await this.#mendNeeded();
    const paths = this.#stopping
      ? new Map<string, string>()
      : await this.publisher.publish(this.walk, this.emit);
    const summary = this.tally.summary(
      this.compiled.graph,
      this.walk,
      paths,
      performance.now() - began,
      this.signal.aborted,
    );
    this.folder.end({
      ...summary,
      timings: { ...summary.timings },
      outs: plainOuts(summary),
      data: this.ingredients.data,
    });
    this.project.store.flush();
    this.emit({ event: 'run-ended', run: this.folder.id, summary });
    const exit = summary.outcome === 'interrupted' ? 130 : summary.outcome === 'failed' ? 1 : 0;
    return { run: this.folder.id, summary, exit };
  }

  /** Until nothing is stale and nothing runs: let in what fits, and sleep until something ends. */
  async #drive(): Promise<void> {
    for (;;) {
      if (this.#bug) throw this.#bug.thrown;
      for (let entry = this.walk.take(); entry; entry = this.walk.take()) this.#admit(entry);
      for (let entry = this.schedule.next(); entry; entry = this.schedule.next())
        this.#start(entry);
      if (this.schedule.running === 0 && this.schedule.waiting === 0) return;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  #admit(entry: Entry): void {
    if (this.#stopping) {
      this.#cancel(entry);
      return;
    }
    this.#ready.set(entry, performance.now());
    this.schedule.add(entry);
  }

  #start(entry: Entry): void {
    const queue = performance.now() - (this.#ready.get(entry) ?? performance.now());
    this.emit({ event: 'item-started', item: entry.name, node: entry.stage.node.type });
    const finish = (result: TaskResult) => {
      this.schedule.done(entry);
      this.#finish(entry, result, queue);
      this.#wake();
    };
    this.performer.perform(entry).then(finish, (bug: unknown) => this.#crash(bug));
  }

  #finish(entry: Entry, result: TaskResult, queue: number): void {
    switch (result.kind) {
      case 'given': {
        const problem = this.#keep(entry, result, { queue, hash: 0 });
        if (problem) this.walk.fail(entry, [problem]);
        else this.walk.give(entry, result.outputs);
        return;
      }
      case 'failed':
        this.walk.fail(entry, result.problems);
        if (this.options.failFast) this.#stop();
        return;
      default:
        this.#cancel(entry);
    }
  }

  /** Write the record of a result, and tell if the same ingredients once gave another. */
  #keep(
    entry: Entry,
    result: Extract<TaskResult, { kind: 'given' }>,
    own: Pick<Timings, 'queue' | 'hash'>,
  ): Diagnostic | undefined {
    const { outputs, warnings, log } = result;
    const timings = { ...own, ...result.timings };
    const earlier = entry.keyed && this.memory.find(entry.keyed.key);
    rememberTrials(this.project, entry, outputs);
    this.tally.executed(timings);
    for (const problem of warnings) this.#warn(entry, problem);
    const differs = this.memory.keep(
      entry,
      {
        outputs,
        timings,
        warnings: toJson(warnings).map((w) => ({ ...w, place: null, related: [] })),
        log,
      },
      new Date(),
    );
    if (!differs || !earlier || outputsDigest(earlier.outputs) === outputsDigest(outputs))
      return undefined;
    const facts = { item: entry.name, node: entry.stage.node.type, before: earlier.at };
    return report('store/nondeterministic', entry.stage.place, facts);
  }

  /** Outputs that somebody outside needs are looked at in every run; what is lost is made again. */
  async #mendNeeded(): Promise<void> {
    if (this.#stopping) return;
    for (const { entry, stored } of needed(this.compiled.graph, this.walk)) {
      const lost = entry.keyed ? this.memory.lost(entry.keyed.key, stored) : [];
      const failure = lost.length > 0 ? await this.performer.mend(entry, lost) : undefined;
      if (failure?.kind === 'failed') this.walk.fail(entry, failure.problems);
    }
  }

  #ended(entry: Entry): void {
    const outcome = this.#outcome(entry);
    const { keyed, problems } = entry;
    this.tally.ended(entry, outcome);
    this.folder.item({ item: entry.item.name, key: keyed?.key, outcome });
    const timings = outcome === 'done' ? this.tally.last : undefined;
    this.emit({
      event: 'item-ended',
      item: entry.item.name,
      node: entry.stage.node.type,
      outcome,
      key: keyed?.key,
      timings,
      problems,
    });
  }

  #outcome(entry: Entry): Outcome {
    const { state } = entry;
    if (this.#interrupted.has(entry)) return 'cancelled';
    if (state.kind === 'given') return state.how === 'stand-in' ? 'skipped' : state.how;
    return state.kind === 'skipped' || state.kind === 'failed' || state.kind === 'blocked'
      ? state.kind
      : 'cancelled';
  }

  #warn(entry: Entry, problem: Diagnostic): void {
    this.tally.warned(entry, problem);
    this.emit({ event: 'warning', item: entry.item.name, problem });
  }

  #cancel(entry: Entry): void {
    this.#interrupted.add(entry);
    this.walk.fail(entry, []);
  }

  /** Let what runs end, and start nothing else. */
  #stop(): void {
    this.#stopping = true;
    for (const entry of this.schedule.clear()) this.#cancel(entry);
  }

  #interrupt(): void {
    this.#stop();
    for (const { state, keyed } of this.walk.entries)
      if (!ended(state) && keyed) this.executor.cancel(keyed.key);
    this.#wake();
  }

  /** Something that should never throw did: end what runs, then let the caller see it. */
  #crash(bug: unknown): void {
    this.#bug = { thrown: bug };
    this.#wake();
  }

  #manifest(): ConstructorParameters<typeof RunFolder>[2] {
    const { graph, options } = this.compiled;
    const { format, kernel } = this.project.plugins.catalogue;
    return {
      pipeline: graph.name,
      file: graph.file,
      profile: options.profile,
      sets: (options.sets ?? []).map((s) => `${s.path}=${s.text}`),
      params: graph.params,
      specs: graph.files,
      code: { format, kernel },
      stages: Object.fromEntries(
        graph.stages.map((s) => [s.path, { node: s.node.type, dims: s.dims.map((d) => d.name) }]),
      ),
      outs: Object.fromEntries(
        Object.entries(graph.outs).map(([name, { stage, port }]) => [
          name,
          `${stage.path}.${port}`,
        ]),
      ),
      options: { threads: this.options.threads, memory: this.options.memory },
    };
  }
}

function plainOuts({ outs }: Summary): JsonObject {
  return Object.fromEntries(
    Object.entries(outs).map(([name, { digest, path }]) => [
      name,
      path === undefined ? { digest } : { digest, path },
    ]),
  );
}
