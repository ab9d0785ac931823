import type { Graph } from '../graph/graph.js';
import type { Entry } from '../plan/entry.js';
import type { Walk } from '../plan/walk.js';
import type { Stored } from '../store/stored.js';

/** A stored value that somebody outside the pipeline wants: an `out`, or something published. */
export interface Needed {
  readonly entry: Entry;
  readonly port: string;
  readonly stored: Stored;
}

/** Every value of a run that must be there when it ends. */
export function needed(graph: Graph, walk: Walk): readonly Needed[] {
  const wanted = new Map<Entry, Set<string>>();
  const want = (entry: Entry, port: string) => {
    const ports = wanted.get(entry);
    if (ports) ports.add(port);
    else wanted.set(entry, new Set([port]));
  };
  for (const { stage, port } of Object.values(graph.outs)) {
    for (const item of walk.items.of(stage)) want(walk.entryOf(item), port);
  }
  for (const stage of graph.stages) {
    for (const { port } of stage.publish)
      for (const item of walk.items.of(stage)) want(walk.entryOf(item), port);
  }
  return [...wanted].flatMap(([entry, ports]) =>
    [...ports].flatMap((port) => {
      const stored = entry.state.kind === 'given' ? entry.state.outputs[port] : undefined;
      return stored ? [{ entry, port, stored }] : [];
    }),
  );
}
