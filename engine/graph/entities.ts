import { reporter } from '../diag/diagnostic.js';
import type { Problems } from '../diag/problems.js';
import { childrenOf, type NameTree, type Tree } from '../expr/tree.js';
import { loadContract } from './contract-files.js';
import { contractOf } from './contracts.js';
import type { Check, Dimension } from './graph.js';
import type { Session, Wire } from './scope.js';

/*
 * A table whose rows are known each from a date of its own (`available: { static: … }`), such as everything that ever existed, with
 * its beginning and its end, lists things rather than moments. To do something for each of them looks at nothing that a later time
 * decided, as long as none is left out for what became of it. So a dimension over such a table from a source
 * 1. is known in advance: whoever goes over it has no rows of a thing before the thing began;
 * 2. has no columns that are known later than their row: its points do not hold them, and `where:` may not name them.
 */

const report = reporter({
  'known/late-column':
    '"where" of dimension "{dimension}" looks at {column}, which is known later than its row: what became of something must not decide whether it was looked at.',
});

/** Columns that points of a dimension over a wire must not hold, if it lists things; undefined if it does not. */
export function lateColumns(wire: Wire, session: Session): readonly string[] | undefined {
  const { stage, port } = wire.source;
  if (wire.contract === undefined || stage.node.out[port]?.contract !== wire.contract)
    return undefined;
  if (Object.keys(stage.node.in).length > 0) return undefined;
  const asks = { node: stage.node.type, port, place: stage.place };
  const json = loadContract(session, wire.contract, asks);
  const contract = json && contractOf(json);
  if (contract?.available?.kind !== 'static') return undefined;
  return [...contract.columns].flatMap(([name, { available }]) => (available ? [name] : []));
}

/** Refuse a `where:` that looks at what is known later than its row. */
export function expectEarly({ tree }: Check, dimension: Dimension, problems: Problems): void {
  const late = dimension.points.kind === 'port' ? dimension.points.late : undefined;
  for (const part of namesIn(tree)) {
    if (part.of !== dimension.name || !late?.includes(part.name)) continue;
    const facts = { dimension: dimension.name, column: `${part.of}.${part.name}` };
    problems.add(report('known/late-column', part.place, facts));
  }
}

function namesIn(tree: Tree): readonly NameTree[] {
  return tree.kind === 'name' ? [tree] : childrenOf(tree).flatMap(namesIn);
}
