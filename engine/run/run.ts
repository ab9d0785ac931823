import type { Diagnostic } from '../diag/diagnostic.js';
import { Refusal } from '../diag/refusal.js';
import type { Values } from '../graph/values.js';
import { RunFolder } from '../ledger/folder.js';
import type { Entry } from '../plan/entry.js';
import type { Keyed } from '../plan/key.js';
import { Walk } from '../plan/walk.js';
import type { Lost } from '../store/object.js';
import type { Compiled } from './compile.js';
import type { Emit, Summary } from './events.js';
import { Ingredients } from './ingredients.js';
import { Look } from './look.js';
import { Memory } from './memory.js';
import { needed } from './needed.js';
import { Performer } from './perform.js';
import type { Project } from './project.js';
import { brokenPromises } from './promised.js';
import { Publisher } from './publish/publisher.js';
import { expectOwned } from './publish/target.js';
import { relay } from './relay.js';
import { publishes, type RunOptions, type RunResult } from './request.js';
import { Results } from './results.js';
import { Schedule } from './schedule.js';
import { evidenceOf } from './standing/evidence.js';
import type { Answer } from './standing/standing.js';
import { Witness } from './standing/witness.js';
import { originOf, plainOuts, startOf } from './start.js';
import { outcomeOf, spent, Tally } from './tally.js';
import type { Executor, TaskResult } from './task.js';

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
  readonly results: Results;
  readonly performer: Performer;
  readonly schedule: Schedule;
  readonly folder: RunFolder;
  readonly tally = new Tally();
  readonly witness = new Witness();
  readonly publisher: Publisher;
  readonly ingredients: Ingredients;
  /** When an item came up for execution. */
  readonly #ready = new Map<Entry, number>();
  /** How long its key took, milliseconds. */
  readonly #hashing = new Map<Entry, number>();
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
    const warn = (entry: Entry, problem: Diagnostic) => this.#warned(problem, entry);
    this.results = new Results(project, compiled.graph, this.memory, this.tally, warn);
    this.ingredients = new Ingredients(project, compiled);
    if (publishes(options)) expectOwned(project.root, compiled.graph);
    this.walk = new Walk(compiled, {
      find: (key, entry) => this.results.known(key, entry),
      keyOf: (entry, values) => this.#keyOf(entry, values),
      points: (dimension, stored) => look.points(dimension, stored),
      check: (check, see, at) => look.judge(check, see, at),
      ended: (entry) => this.#ended(entry),
      warn,
      lenient: options.compared === true,
    });
    this.schedule = new Schedule(compiled.graph, options, options.history);
    const how = { threads: options.threads, memory: options.memory };
    const start = { ...startOf(project, compiled), options: how, by: options.by ?? 'run' };
    this.folder = new RunFolder(project.root, project.lake, start, options);
    const mend = (entry: Entry, lost: readonly Lost[]) => this.performer.mend(entry, lost);
    const origin = originOf(this.folder.id, compiled);
    const told = (problem: Diagnostic) => this.#warned(problem);
    this.publisher = new Publisher(project, origin, mend, emit, told, signal, options.prune);
    this.performer = new Performer({
      executor,
      store,
      walk: this.walk,
      signal,
      taskOf: (entry) => this.ingredients.taskOf(entry, this.schedule.share(entry)),
      warn,
      keepAgain: (entry, result) => this.results.keep(entry, result, { queue: 0, hash: 0 }),
    });
    relay(executor, (key) => this.ingredients.itemOf(key), emit);
  }

  async complete(): Promise<RunResult> {
    try {
      return await this.#complete();
    } catch (thrown) {
      this.#keepDone();
      throw thrown;
    }
  }

  /** On the way out of a run that cannot go on: what is done stays done, if the disk takes it. */
  #keepDone(): void {
    try {
      this.project.store.flush();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }

  async #complete(): Promise<RunResult> {
    const began = performance.now();
    const { graph } = this.compiled;
    this.signal.addEventListener('abort', () => this.#interrupt(), { once: true });
    this.emit({ event: 'run-started', run: this.folder.id, pipeline: graph.name, items: 0 });
    for (const problem of this.compiled.warnings) this.#tell(problem);
    this.walk.start();
    await this.#drive();
    await this.#mendNeeded();
    const paths =
      this.signal.aborted || !publishes(this.options)
        ? new Map<string, string>()
        : await this.publisher.publish(this.walk);
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
    return { run: this.folder.id, summary, exit, answer: this.#answer(summary) };
  }

  #answer(summary: Summary): Answer | undefined {
    const { project, compiled, walk, ingredients, publisher } = this;
    const evidence = evidenceOf(project, compiled, ingredients, publisher.publications);
    if (!evidence) return undefined;
    const start = startOf(project, compiled);
    return this.witness.answer(summary, needed(compiled.graph, walk), { evidence, start });
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
      if (this.#bug) return;
      this.schedule.done(entry, result.kind === 'given' ? spent(result.timings) : undefined);
      this.#finish(entry, result, queue);
      this.#wake();
    };
    this.performer
      .perform(entry)
      .then(finish)
      .catch((bug: unknown) => this.#crash(bug));
  }

  #keyOf(entry: Entry, values: Values): Keyed {
    const began = performance.now();
    const keyed = this.ingredients.keyOf(entry, values);
    this.#hashing.set(entry, performance.now() - began);
    return keyed;
  }

  #finish(entry: Entry, result: TaskResult, queue: number): void {
    switch (result.kind) {
      case 'given':
        this.#given(entry, result, queue);
        return;
      case 'failed':
        this.walk.fail(entry, result.problems);
        if (this.options.failFast) this.#stop();
        return;
      default:
        this.#cancel(entry);
    }
  }

  #given(entry: Entry, result: Extract<TaskResult, { kind: 'given' }>, queue: number): void {
    const broken = brokenPromises(entry, result.outputs, this.compiled.shapes);
    if (broken.length > 0) {
      this.walk.fail(entry, broken);
      return;
    }
    const problem = this.results.keep(entry, result, {
      queue,
      hash: this.#hashing.get(entry) ?? 0,
    });
    if (problem) this.walk.fail(entry, [problem]);
    else this.walk.give(entry, result.outputs);
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
    const outcome = outcomeOf(entry.state, this.#interrupted.has(entry));
    const { keyed, problems, state } = entry;
    this.tally.ended(entry, outcome);
    this.witness.ended(entry, outcome);
    const timings = outcome === 'done' ? this.tally.last : undefined;
    const line = { item: entry.item.name, key: keyed?.key, outcome };
    const made = outcome === 'done' && state.kind === 'given' ? state.outputs : undefined;
    this.folder.item(line, made);
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

  #warned(problem: Diagnostic, entry?: Entry): void {
    this.tally.warned(problem, entry);
    this.#tell(problem, entry);
  }

  #tell(problem: Diagnostic, entry?: Entry): void {
    this.witness.warned(problem, entry);
    this.emit({ event: 'warning', item: entry?.item.name, problem });
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

  /** What runs may end, and is kept; whoever cannot wait interrupts once more, which ends the process. */
  #interrupt(): void {
    this.#stop();
    this.#wake();
  }

  /** Something that should never throw did: end what runs, then let the caller see it. */
  #crash(bug: unknown): void {
    this.#bug = { thrown: bug };
    this.#wake();
  }
}
