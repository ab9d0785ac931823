import type { Definition, SpecOf, Tree } from '../../../engine/sdk/index.js';
import type { event } from '../../kinds/event.js';
import { barsOf, thinned } from '../../kinds/occurrence.js';
import type { quality } from '../../kinds/quality.js';
import { scoped } from '../../kinds/scoped.js';
import { nudged, nudgesOf } from './nudges.js';

/** When an event fires under another threshold, as a column of a program. */
export interface Variant {
  readonly value: number;
  /** Name of the column; no spec can spell it. */
  readonly column: string;
}

/** The event under thresholds on either side of its own; under none without a quality, which tells how far they are. */
export function variantsOf(
  spec: SpecOf<typeof event>,
  bounds: Pick<SpecOf<typeof quality>, 'step'> | undefined,
): { readonly variants: readonly Variant[]; readonly definitions: readonly Definition[] } {
  const nudges = bounds ? nudgesOf(spec.open, bounds.step) : [];
  const variants = nudges.map(({ value }, i): Variant => ({ value, column: `=fires:${i}` }));
  return { variants, definitions: variants.flatMap((variant) => definitionsOf(spec, variant)) };
}

function definitionsOf(
  spec: SpecOf<typeof event>,
  { value, column }: Variant,
): readonly Definition[] {
  const { let: clauses, fires } = spec.open ? nudged(spec, spec.open, value) : spec;
  const scope = scoped({ id: column, let: clauses });
  const { place } = fires.tree;
  const mask: Tree = { kind: 'name', name: `=${column}`, place };
  return [
    ...scope.clauses,
    { id: `=${column}`, tree: scope.inside(fires.tree), place, gives: 'boolean', clause: true },
    { id: column, tree: thinned(mask, barsOf(spec.cooldown)), place, gives: 'boolean' },
  ];
}
