import { isFrame } from '../frame/frame.js';
import { contractOf } from '../graph/contracts.js';
import type { Entry } from '../plan/entry.js';
import type { Compiled } from '../run/compile.js';
import type { RunEvent } from '../run/events.js';
import { InlineExecutor } from '../run/executors/inline.js';
import type { Project } from '../run/project.js';
import { runPipeline } from '../run/run.js';
import { walkStored } from '../run/stored-walk.js';
import type { NodePlugin } from '../sdk/node.js';
import { type Random, stream } from '../sdk/random.js';
import { Store } from '../store/store.js';
import { type Future, withFuture } from './futures.js';

/** A pipeline as it ran in a lake of its own. */
export interface Ran {
  readonly project: Project;
  readonly entries: ReadonlyMap<string, Entry>;
  /** What nodes refused. */
  readonly refusals: readonly string[];
}

/** Run a pipeline in an empty lake, on sources whose rows after a time are gone or others. */
export async function runCut(
  project: Project,
  compiled: Compiled,
  folder: string,
  at: number,
  future: Future,
): Promise<Ran> {
  const other: Project = { ...project, lake: folder, store: Store.open(folder) };
  const { objects } = other.store;
  const random = stream([Math.floor(at / 2 ** 32), at >>> 0]);
  const executor = new InlineExecutor({
    load: async (type) => cutting(await project.plugins.load(type), compiled, at, future, random),
    objects,
    read: (hash) => objects.read(hash),
  });
  try {
    const options = {
      threads: 1,
      memory: 2 ** 31,
      failFast: false,
      durability: 'relaxed',
      compared: true,
      history: () => new Map(),
    } as const;
    const refusals = new Set<string>();
    const emit = (event: RunEvent) => {
      if (event.event !== 'item-ended') return;
      for (const { message } of event.problems ?? []) refusals.add(message);
    };
    await runPipeline(other, compiled, executor, options, emit, new AbortController().signal);
    const { walk } = walkStored(other, compiled, 'left');
    return {
      project: other,
      entries: new Map(walk.entries.map((entry) => [entry.name, entry])),
      refusals: [...refusals],
    };
  } finally {
    await executor.close();
  }
}

/** A source that tells nothing after a time; other nodes as they are. */
function cutting(
  plugin: NodePlugin,
  compiled: Compiled,
  at: number,
  future: Future,
  random: Random,
): NodePlugin {
  if (Object.keys(plugin.in).length > 0) return plugin;
  return {
    ...plugin,
    async run(ins, params, context) {
      const given = await plugin.run(ins, params, context);
      const cut = Object.entries(given).map(([port, value]) => {
        const id = plugin.out[port]?.contract;
        const json = id === undefined ? undefined : compiled.graph.contracts[id];
        if (!json || !isFrame(value)) return [port, value];
        const table = { port, label: '', frame: value, contract: contractOf(json) };
        return [port, withFuture(table, at, future, random)];
      });
      return Object.fromEntries(cut);
    },
  };
}
