import { type Diagnostic, reporter } from '../diag/diagnostic.js';
import type { Typed } from './env.js';
import type { Node, OpNode } from './node.js';
import { shown } from './shown.js';
import type { Definition } from './world.js';

const report = reporter({
  'expr/self-in-window': '"{id}" compares a value with a quantile of a window that holds it.',
  'expr/compares-missing':
    '"{id}" compares with a value that is always missing, so it is never true or false.',
  'expr/level-of-cumsum': '"{id}" uses the level of cumsum, which depends on the first row loaded.',
});

/** Warnings about formulas that are legal and seldom meant. */
export function advice(
  definitions: ReadonlyMap<string, Definition>,
  typed: ReadonlyMap<string, Typed>,
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const seen = new Set<Node>();
  for (const [id, { node }] of typed) {
    const place = definitions.get(id)?.place;
    for (const part of partsOf(node, seen)) {
      if (comparesWithOwnWindow(part)) {
        const hint = 'past_quantile(x, q) ends one row back';
        found.push(
          report('expr/self-in-window', place, { id: shown(id) }, { hint, severity: 'warning' }),
        );
      }
      if (comparesWithMissing(part)) {
        const hint = 'known(x) tells whether a value is there';
        found.push(
          report('expr/compares-missing', place, { id: shown(id) }, { hint, severity: 'warning' }),
        );
      }
      if (usesLevel(part)) {
        const hint = 'take a difference, as in diff(cumsum(x), 96)';
        found.push(
          report('expr/level-of-cumsum', place, { id: shown(id) }, { hint, severity: 'warning' }),
        );
      }
    }
    if (isOp(node, 'cumsum'))
      found.push(report('expr/level-of-cumsum', place, { id: shown(id) }, { severity: 'warning' }));
  }
  return found;
}

/** The operators below a node that no earlier definition has been asked about. */
function partsOf(root: Node, seen: Set<Node>): readonly OpNode[] {
  const found: OpNode[] = [];
  const open: Node[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.kind !== 'op' || seen.has(node)) continue;
    seen.add(node);
    found.push(node);
    open.push(...node.inputs.map((i) => i.node));
  }
  return found;
}

function isOp(node: Node | undefined, name: string): node is OpNode {
  return node?.kind === 'op' && node.op.name === name;
}

const ORDERINGS: readonly string[] = ['<', '<=', '>', '>='];
const EQUALITIES: readonly string[] = ['==', '!='];

function comparesWithMissing(node: OpNode): boolean {
  return (
    (ORDERINGS.includes(node.op.name) || EQUALITIES.includes(node.op.name)) &&
    node.inputs.some((i) => i.node.kind === 'constant' && i.node.value === undefined)
  );
}

function comparesWithOwnWindow(node: OpNode): boolean {
  if (!ORDERINGS.includes(node.op.name)) return false;
  const [a, b] = node.inputs.map((i) => i.node);
  if (a === undefined || b === undefined) return false;
  return quantilesIn(b).includes(a) || quantilesIn(a).includes(b);
}

/** The series whose unlagged quantile a limit is, looking through floors and caps. */
function quantilesIn(limit: Node): readonly Node[] {
  const found: Node[] = [];
  const seen = new Set<Node>([limit]);
  // A set hands out what is added while it is walked, and each node once, however often it is used.
  for (const node of seen) {
    if (node.kind !== 'op') continue;
    const inputs = node.inputs.map((i) => i.node);
    if (node.op.name === 'quantile') found.push(...inputs.slice(0, 1));
    else if (['max', 'min', 'negate'].includes(node.op.name))
      for (const input of inputs) seen.add(input);
  }
  return found;
}

/** A cumsum may be lagged, and subtracted from itself lagged. */
function usesLevel(node: OpNode): boolean {
  if (node.op.name === 'lag') return false;
  const levels = node.inputs.filter((i) => isLevel(i.node));
  if (levels.length === 0) return false;
  return !(
    node.op.name === '-' &&
    levels.length === 2 &&
    levelOf(levels[0]?.node) === levelOf(levels[1]?.node)
  );
}

function isLevel(node: Node): boolean {
  return levelOf(node) !== undefined;
}

function levelOf(node: Node | undefined): Node | undefined {
  if (node?.kind !== 'op') return undefined;
  if (node.op.name === 'cumsum') return node;
  return node.op.name === 'lag' ? levelOf(node.inputs[0]?.node) : undefined;
}
