import type { NodePlugin } from '../sdk/node.js';
import { contractOf } from './contracts.js';
import type { Graph, Stage } from './graph.js';
import type { Known } from './known.js';

/**
 * Is a window of outcomes cut by when each of them was known? It is if the node purges that window by a column, and the column is
 * the one that the contract of the outcomes names: then the window knows of no row that ends after it. Outcomes of estimates, or
 * that something chose, stay known after the whole sample.
 */
export function isPurged(
  { stage, port, plugin }: { stage: Stage; port: string; plugin: NodePlugin | undefined },
  graph: Graph,
  knownOf: (stage: Stage, port: string) => Known,
): boolean {
  const by = stage.params.find((p) => p.name === plugin?.purges?.[port]);
  const [input, ...others] = stage.inputs;
  if (!by || by.dims.length > 0 || by.rounds.length > 0 || !input || others.length > 0)
    return false;
  const { source } = input;
  const spec = source.stage.node.out[source.port];
  const contract = spec?.contract === undefined ? undefined : graph.contracts[spec.contract];
  const available = contract && contractOf(contract).available;
  const rowwise = source.stage.inputs.every(
    (i) => knownOf(i.source.stage, i.source.port).after.length === 0,
  );
  return (
    source.stage.node.time === 'future' &&
    rowwise &&
    knownOf(source.stage, source.port).chosen.length === 0 &&
    available?.kind === 'after' &&
    available.plus === 0 &&
    available.column === by.at(new Map(), {})
  );
}
