import {
  composedOperators,
  evaluate,
  type Frame,
  mentionsOf,
  namesIn,
  type Shape,
  type SpecOf,
  type Tree,
} from '../../../engine/sdk/index.js';
import type { event } from '../../kinds/event.js';
import { columnsIn } from '../../kinds/namespace.js';
import { definitionsOf } from '../../kinds/occurrence.js';
import { beside, boundFrames, compileOver, errorsIn } from '../../kinds/programs.js';

type Event = SpecOf<typeof event>;

/** Prints are on a clock of their own: a rule names them by table and column. */
const PRINTS = 'funding.';

/**
 * What the rule of an event names, sorted: columns of features and context, and of funding prints as `funding.rate`. Of a rule with a
 * stand-in both, so that an event has the same names in every market. Its own clauses and parts of the time are none of it.
 */
export function inputsOf(spec: Event): readonly string[] {
  const definitions = definitionsOf(spec);
  const named = definitions.flatMap(({ tree }) => [
    ...mentionsOf(tree, composedOperators()).flatMap((m) => (m.kind === 'name' ? [m.name] : [])),
    ...[...namesIn(tree)].filter((name) => name.startsWith(PRINTS)),
  ]);
  const own = new Set(definitions.map(({ id }) => id));
  return [...new Set(named)].filter((name) => !own.has(name)).sort();
}

/** The columns of each port that these are. */
export function readBy(
  inputs: readonly string[],
  ins: Readonly<Partial<Record<'features' | 'context', Shape>>>,
) {
  return {
    features: [...new Set(['ts', ...columnsIn(ins.features, inputs)])],
    context: [...new Set(['symbol', 'ts', ...columnsIn(ins.context, inputs)])],
    funding: [...new Set(['ts', ...printed(inputs)])],
  };
}

/** A symbol's rows with the prints that were known at the close of each, as a rule reads them: `asof(funding.rate)`. */
export function withPrints(
  self: Frame,
  funding: Frame | undefined,
  inputs: readonly string[],
  spacing: number,
): Frame {
  const columns = [...new Set(printed(inputs))].filter((name) => funding?.has(name));
  if (columns.length === 0) return self;
  const place = { file: '', line: 1, col: 1, length: 1 };
  const definitions = columns.map((name) => {
    const print: Tree = { kind: 'name', of: 'funding', name, place };
    const tree: Tree = { kind: 'call', op: 'asof', args: [print], named: [], place };
    return { id: `=${name}`, tree, place };
  });
  const compiled = compileOver(definitions, { self, funding }, spacing);
  const [problem] = errorsIn(compiled);
  if (problem !== undefined) throw new Error(problem);
  const ids = definitions.map(({ id }) => id);
  const found = evaluate(compiled.program, boundFrames({ self, funding }), ids);
  const names = columns.map((name) => [`=${name}`, `${PRINTS}${name}`]);
  return beside(self, found.rename(Object.fromEntries(names)));
}

function printed(inputs: readonly string[]): readonly string[] {
  return inputs.flatMap((name) => (name.startsWith(PRINTS) ? [name.slice(PRINTS.length)] : []));
}
