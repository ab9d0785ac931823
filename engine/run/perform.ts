import { type Diagnostic, reporter } from '../diag/diagnostic.js';
import { Refusal } from '../diag/refusal.js';
import type { Entry } from '../plan/entry.js';
import type { Walk } from '../plan/walk.js';
import type { ObjectHash } from '../store/digest.js';
import type { Store } from '../store/store.js';
import { objectsOf } from '../store/stored.js';
import type { Executor, Task, TaskResult } from './task.js';

const report = reporter({
  'run/timeout': '{item} took longer than {seconds} s and was stopped.',
  'run/input-changed': '{item}: input file {file} changed while it was read; nothing was kept.',
  'store/irreparable':
    '{item} needs object {object}, which is {state}, and running {maker} again did not bring it back.',
  'store/remade': 'Object {object} of {item} is {state}: the item runs again.',
  'store/no-maker':
    '{item} needs object {object}, which is {state}, and no item of this run makes it.',
});

type Damaged = Extract<TaskResult, { kind: 'damaged' }>;

export interface PerformHost {
  readonly executor: Executor;
  readonly store: Store;
  readonly walk: Walk;
  readonly signal: AbortSignal;
  taskOf(entry: Entry): Task;
  /** Something was noticed and mended. */
  warn(entry: Entry, problem: Diagnostic): void;
  /** Another execution of an item that had ended: its result must be the one we know. */
  keepAgain(entry: Entry, result: Extract<TaskResult, { kind: 'given' }>): void;
}

/** Executes items with all that may happen on the way: time limits, retries, changed input files, objects that are gone. */
export class Performer {
  readonly #remade = new Map<Entry, Promise<TaskResult>>();

  constructor(readonly host: PerformHost) {}

  async perform(entry: Entry): Promise<TaskResult> {
    const { retry } = entry.stage;
    for (let attempt = 0; ; attempt++) {
      const result = await this.#whole(entry);
      const again = result.kind === 'failed' && result.transient && attempt < (retry?.times ?? 0);
      if (!again || this.host.signal.aborted) return result;
      await pause((retry?.backoff ?? 0) * 2 ** attempt, this.host.signal);
    }
  }

  /** Execute until every object that is read is there; its makers run again, each once a run. */
  async #whole(entry: Entry): Promise<TaskResult> {
    for (;;) {
      const result = await this.#once(entry);
      if (result.kind !== 'damaged') return this.#unchanged(entry, result);
      const failure = await this.mend(entry, result.objects, entry);
      if (failure) return failure;
    }
  }

  /**
   * Bring lost objects back by running their makers again.
   * @param reader  who found them lost while it ran, and so cannot be the one to make them.
   * @returns what prevents it, if anything does.
   */
  async mend(
    entry: Entry,
    objects: Damaged['objects'],
    reader?: Entry,
  ): Promise<TaskResult | undefined> {
    for (const { hash, state } of objects) {
      const facts = { item: entry.name, object: hash.slice(0, 12), state };
      const maker = this.#makerOf(hash, reader);
      if (!maker) {
        // Out of the way, so that the next run sees at once that it has to be made.
        this.host.store.objects.discard(hash);
        const hint = 'run again';
        return failed(report('store/no-maker', entry.stage.place, facts, { hint }));
      }
      const again = { ...facts, item: maker.name };
      if (!this.#remade.has(maker))
        this.host.warn(
          maker,
          report('store/remade', maker.stage.place, again, { severity: 'warning' }),
        );
      const result = await this.#remake(maker);
      if (result.kind !== 'given') return result;
      if (this.host.store.objects.verify(hash) !== 'ok')
        return failed(
          report('store/irreparable', entry.stage.place, { ...facts, maker: maker.name }),
        );
    }
    return undefined;
  }

  /** Run an item again whose stored result is damaged, once a run: writing its result mends all objects of it. */
  #remake(maker: Entry): Promise<TaskResult> {
    let remade = this.#remade.get(maker);
    if (!remade) {
      remade = this.perform(maker).then((result) => {
        if (result.kind === 'given') this.host.keepAgain(maker, result);
        return result;
      });
      this.#remade.set(maker, remade);
    }
    return remade;
  }

  /** Of the items that gave an object the first in the order of stages: later ones may have passed it through, and need it. */
  #makerOf(hash: ObjectHash, reader: Entry | undefined): Entry | undefined {
    const { entries, compiled } = this.host.walk;
    const makers = entries.filter((entry) => entry !== reader && gave(entry, hash));
    const order = new Map(compiled.graph.stages.map((stage, i) => [stage, i]));
    const place = (entry: Entry) => order.get(entry.stage) ?? 0;
    return makers.sort((a, b) => place(a) - place(b))[0];
  }

  async #once(entry: Entry): Promise<TaskResult> {
    const task = this.host.taskOf(entry);
    const { timeout } = entry.stage;
    let late = false;
    const timer =
      timeout === undefined
        ? undefined
        : setTimeout(() => {
            late = true;
            this.host.executor.cancel(task.key);
          }, timeout);
    const result = await this.host.executor.submit(task);
    clearTimeout(timer);
    if (!late || result.kind !== 'cancelled') return result;
    return failed(
      report('run/timeout', entry.stage.place, {
        item: entry.name,
        seconds: (timeout ?? 0) / 1000,
      }),
    );
  }

  /** Undefined where the file is gone by now, or changes at this moment. */
  #digestNow(file: string): string | undefined {
    try {
      return this.host.store.files.digestFile(file);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return undefined;
    }
  }

  /** A result made from files that changed meanwhile belongs to neither version. */
  #unchanged(entry: Entry, result: TaskResult): TaskResult {
    if (result.kind !== 'given') return result;
    for (const [file, digest] of Object.entries(entry.files)) {
      if (this.#digestNow(file) === digest) continue;
      return failed(
        report(
          'run/input-changed',
          entry.stage.place,
          { item: entry.name, file },
          { hint: 'run again' },
        ),
      );
    }
    return result;
  }
}

function gave({ state, keyed }: Entry, hash: ObjectHash): boolean {
  if (state.kind !== 'given' || state.how === 'stand-in' || !keyed) return false;
  return Object.values(state.outputs).some((stored) => objectsOf(stored).includes(hash));
}

function failed(problem: Diagnostic): TaskResult {
  return { kind: 'failed', problems: [problem], transient: false, log: [] };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
