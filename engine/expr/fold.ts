import type { Constants } from './constants.js';
import type { Node, NodeInput, NodeTable } from './node.js';
import type { ClockRows, Memory, Operator } from './op.js';
import { CONSTANT, type Series } from './types.js';

const ONE_ROW: ClockRows = {
  spec: { name: 'constant', spacing: undefined, nominal: undefined, within: undefined, width: 0 },
  ts: new Float64Array(1),
  visible: new Float64Array(1),
  delay: 0,
  anchors: new Uint8Array([1]),
};
const FRESH: Memory = {
  numbers: (rows) => new Float64Array(rows),
  flags: (rows) => new Uint8Array(rows),
};

/** Work out an element-wise operator over constants by running it on one row. */
export function foldConstant(
  nodes: NodeTable,
  op: Operator,
  inputs: readonly NodeInput[],
  constants: Constants,
): Node {
  if (op.run === undefined) throw new Error(`The operator ${op.name} cannot run on one row.`);
  const result = op.run({
    rows: 1,
    clock: ONE_ROW,
    constants,
    memory: FRESH,
    table: undefined,
    inputs: inputs.map(({ slot, node }) => ({
      slot,
      series: constantSeries(node),
      clock: ONE_ROW,
      facts: node.facts,
    })),
  });
  return nodes.constant(firstOf(result), result.type);
}

/** A constant node as a series of one cell. */
export function constantSeries(node: Node): Series {
  if (node.kind !== 'constant') throw new Error('Only constants can be folded.');
  const { value, type } = node;
  if (type === 'number')
    return {
      type,
      data: Float64Array.of(typeof value === 'number' ? value : Number.NaN),
      mask: CONSTANT,
    };
  if (type === 'boolean')
    return { type, data: Uint8Array.of(value === undefined ? 255 : value ? 1 : 0), mask: CONSTANT };
  const words = typeof value === 'string' ? [value] : [];
  const data = Uint32Array.of(words.length > 0 ? 0 : 0xffff_ffff);
  return { type, data, words, mask: CONSTANT };
}

function firstOf(series: Series): number | boolean | string | undefined {
  const cell = series.data[0];
  if (cell === undefined || Number.isNaN(cell)) return undefined;
  if (series.type === 'number') return cell;
  if (series.type === 'boolean') return cell === 255 ? undefined : cell === 1;
  return series.words[cell];
}
