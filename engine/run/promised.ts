import { type Diagnostic, reporter } from '../diag/diagnostic.js';
import type { ShapeCache } from '../graph/shapes.js';
import type { Entry } from '../plan/entry.js';
import type { Outputs } from '../plan/outcome.js';

const report = reporter({
  'node/shape': '{item}: {node} promised other columns at "{port}" than it gave: {difference}.',
  'node/promised-nothing': '{item}: {node} promised nothing at "{port}", and gave a table.',
  'node/promised-table': '{item}: {node} promised a table at "{port}", and gave nothing.',
});

/**
 * Are the columns of a result those that `shape` told the compiler? What was type-checked before the run, and what the keys of
 * consumers are made from, would otherwise be about a table that does not exist.
 */
export function brokenPromises(
  entry: Entry,
  outputs: Outputs,
  shapes: ShapeCache,
): readonly Diagnostic[] {
  const { node, place } = entry.stage;
  if (!node.has.shape) return [];
  const promised = shapes.of(entry.stage, entry.binding).outs;
  return Object.keys(node.out).flatMap((port) => {
    const [shape, stored] = [promised[port], outputs[port]];
    const facts = { item: entry.name, node: node.type, port };
    if (!shape) return [];
    if (shape.nothing) return stored ? [report('node/promised-nothing', place, facts)] : [];
    if (!stored) return [report('node/promised-table', place, facts)];
    if (stored.kind !== 'frame') return [];
    const told = new Map(shape.columns.map((c): [string, string] => [c.name, c.dtype]));
    const given = new Map(stored.columns.map((c): [string, string] => [c.name, c.dtype]));
    const parts = [...told].flatMap(([name, dtype]) => {
      const found = given.get(name);
      if (found === undefined) return [`"${name}" is missing`];
      return found === dtype ? [] : [`"${name}" is ${found}, not ${dtype}`];
    });
    const more = shape.open ? [] : [...given.keys()].filter((name) => !told.has(name));
    const difference = [...parts, ...more.map((name) => `"${name}" is not among them`)].join(', ');
    return difference === '' ? [] : [report('node/shape', place, { ...facts, difference })];
  });
}
