import { isMap, isNode, isPair, isScalar, type Node, type YAMLMap, type YAMLSeq } from 'yaml';
import { type Diagnostic, reporter } from '../diag/diagnostic.js';
import { balance } from './scalar.js';
import type { Source } from './source.js';

const report = reporter({
  'yaml/split-flow': '"{text}" has no value inside {brackets}.',
  'yaml/split-text': '"{text}" ends inside its parentheses: a comma inside {brackets} ends a text.',
});

/**
 * The first sign that `{ }` or `[ ]` split a text that was meant whole: `{ v: max(a, b) }` is two entries, `max(a` and `b)`
 * without a value, and YAML sees no error in it. Nothing for collections in block style.
 */
export function flowProblem(node: YAMLMap | YAMLSeq, source: Source): readonly Diagnostic[] {
  if (!node.flow) return [];
  const brackets = isMap(node) ? '{ }' : '[ ]';
  for (const part of parts(node)) {
    const text = isScalar(part.node) ? (part.node.source ?? '') : '…';
    const [from, to] = part.node.range ?? [0, 1];
    const facts = { text, brackets };
    if (isScalar(part.node) && part.node.type === 'PLAIN' && balance(text) !== 0) {
      const hint = 'quote the text, or write it on a line of its own without brackets';
      return [report('yaml/split-text', source.at(from, to), facts, { hint })];
    }
    if (part.bare) {
      const hint =
        'a comma splits entries, and a ":" needs a space after it; quote a text that has them, or give it its own line';
      return [report('yaml/split-flow', source.at(from, to), facts, { hint })];
    }
  }
  return [];
}

interface Part {
  readonly node: Node;
  /** A key without a value and without a colon. */
  readonly bare: boolean;
}

function* parts(node: YAMLMap | YAMLSeq): Generator<Part> {
  for (const item of node.items) {
    if (!isPair(item)) {
      if (isNode(item)) yield { node: item, bare: false };
      continue;
    }
    if (isNode(item.key)) yield { node: item.key, bare: item.value === null };
    if (isNode(item.value)) yield { node: item.value, bare: false };
  }
}
