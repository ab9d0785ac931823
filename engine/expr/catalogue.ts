import type { Composed } from './composed.js';
import { type Operator, signatureOf } from './op.js';
import { operators } from './ops/index.js';
import { printFormula } from './print.js';

/** One operator as documentation, schemas and completion show it. */
export interface OperatorDoc {
  readonly name: string;
  readonly signature: string;
  readonly doc: string;
  readonly source: string | undefined;
  readonly gives: string;
  /** How far it looks and what it remembers, in words. */
  readonly reach: string;
  readonly example: string;
  readonly composed: boolean;
}

/** All operators, primitive and composed, by name. Made from their declarations alone. */
export function operatorDocs(
  composed: ReadonlyMap<string, Composed> = new Map(),
): readonly OperatorDoc[] {
  const docs = [...[...operators.values()].map(primitive), ...[...composed.values()].map(formula)];
  return docs.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

function primitive(op: Operator): OperatorDoc {
  return {
    name: op.name,
    signature: signatureOf(op),
    doc: op.doc,
    source: op.source,
    gives: typeof op.gives === 'string' ? op.gives : 'as its arguments',
    reach: reachText(op),
    example: op.example,
    composed: false,
  };
}

function reachText(op: Operator): string {
  if (op.across !== undefined) return 'one row of all symbols';
  if (op.crosses) return 'crosses clocks';
  if (op.elementWise || op.args.length === 0) return 'one row';
  const names = op.args.map((a) => a.name);
  if (op.name === 'ahead') return 'k rows ahead';
  if (names.includes('window')) return 'window − 1 rows; all rows so far with `all`';
  if (names.includes('k')) return 'k rows back';
  if (names.includes('within')) return 'within rows back';
  if (names.includes('at_most')) return 'at_most rows back; since the last reset without it';
  if (op.kind === 'resetting') return 'since the last reset';
  return op.kind === 'expanding' ? 'all rows so far' : 'all rows so far, ever less';
}

function formula(one: Composed): OperatorDoc {
  return {
    name: one.name,
    signature: one.signature,
    doc: one.doc,
    source: one.source,
    gives: 'as its formula',
    reach: 'as its formula',
    example: printFormula(one.expr),
    composed: true,
  };
}
