import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { composedOf } from '../../run/composed.js';
import type { Project } from '../../run/project.js';
import type { Executor } from '../../run/task.js';
import type { Given } from './command.js';

const GIB = 1024 * 1024 * 1024;
/** Shared memory grows by so much at a time. */
const SLAB = 64 * 1024 * 1024;

/** The options of `dag run` that say how, not what. */
export interface HowToRun {
  readonly executor: 'threads' | 'inline';
  readonly threads: number;
  /** Bytes. */
  readonly memory: number;
  readonly failFast: boolean;
  readonly durability: 'relaxed' | 'run';
  readonly prune: boolean;
}

/** @throws cli/bad-option */
export function runOptions(given: Given): HowToRun {
  return {
    executor: given.choice('executor', ['threads', 'inline']) ?? 'threads',
    threads: given.whole('threads', availableParallelism()),
    memory: given.size('memory') ?? Math.min(2 * GIB, Math.floor(totalmem() / 2)),
    failFast: given.flag('failFast'),
    durability: given.choice('durability', ['relaxed', 'run']) ?? 'relaxed',
    prune: given.flag('prune'),
  };
}

/** What executes the items of a pipeline that is compiled; the first thread starts at once, others with the items that need them. */
export async function executorFor(project: Project, how: HowToRun): Promise<Executor> {
  if (how.executor === 'inline') {
    const { InlineExecutor } = await import('../../run/executors/inline.js');
    const { objects } = project.store;
    return new InlineExecutor({
      load: (type) => project.plugins.load(type),
      objects,
      read: (hash) => objects.read(hash),
    });
  }
  const { ThreadExecutor } = await import('../../run/executors/threads.js');
  const { Arena } = await import('../../frame/arena.js');
  const shared = Math.floor(how.memory / 2);
  const executor = new ThreadExecutor({
    lake: project.lake,
    build: project.build,
    composed: composedOf(project).composed,
    durability: how.durability,
    threads: how.threads,
    script: pathToFileURL(join(project.build, 'worker.js')),
    arena: new Arena({ limit: shared, slab: Math.min(SLAB, shared) }),
    heap: Math.max(256, Math.floor((how.memory - shared) / how.threads / (1024 * 1024))),
  });
  executor.warm();
  return executor;
}
