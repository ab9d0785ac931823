import { namesIn, type SpecOf } from '../../../engine/sdk/index.js';
import { type Beside, columnsIn, oneSpace, toldAbsent } from '../../kinds/namespace.js';
import { compileOver } from '../../kinds/programs.js';
import type { Known } from '../../kinds/tables.js';
import type { template } from '../../kinds/template.js';
import { definitionsOf, treesOf } from './formulas.js';

type Template = SpecOf<typeof template>;

/** Templates compiled before data exist. */
export function compiledBefore(specs: readonly Template[], ports: Beside, spacing: number) {
  const unavailable = toldAbsent(ports) ?? [];
  const tables = { self: oneSpace(ports) };
  return compileOver(specs.flatMap(definitionsOf), tables, spacing, { unavailable });
}

/** Columns they read: all that their formulas name, read or not, for a template that is not there tells what it lacks. */
export function readBy(
  specs: readonly Template[],
  ports: Readonly<Record<'features' | 'context', Parameters<typeof columnsIn>[0]>>,
  spacing: number,
) {
  const { reads } = compiledBefore(specs, ports, spacing).program;
  const named = specs.flatMap((spec) => treesOf(spec).flatMap((tree) => [...namesIn(tree)]));
  const self = [...new Set([...(reads.self ?? []), ...named])];
  return {
    features: [...new Set(['ts', ...columnsIn(ports.features, self)])],
    context: [...new Set(['symbol', 'ts', ...columnsIn(ports.context, self)])],
  };
}

/** Templates compiled over rows. What was refused before is not here: a name nobody has is a feature this market lacks. */
export function compiledOver(specs: readonly Template[], self: Known, spacing: number) {
  const definitions = specs.flatMap(definitionsOf);
  const columns = self && ('columns' in self ? self.columns : self.fields);
  const known = new Set([...(columns ?? []).map((c) => c.name), ...definitions.map((d) => d.id)]);
  const named = definitions.flatMap((d) => [...namesIn(d.tree)]);
  const unavailable = named.filter((name) => !known.has(name));
  return compileOver(definitions, { self }, spacing, { unavailable });
}
