import {
  composedOperators,
  type Diagnostic,
  mentionsOf,
  placeIn,
  reporter,
  type SpecOf,
} from '../../../engine/sdk/index.js';
import type { event } from '../../kinds/event.js';
import type { template } from '../../kinds/template.js';
import { treesOf } from './formulas.js';

type Template = SpecOf<typeof template>;
type Event = SpecOf<typeof event>;

const report = reporter({
  'template/family': '{template} is not tried on events of {family}, so "{event}" cannot have it.',
  'template/kind':
    '"{id}" must either trade, and have a direction, or filter, and have `base` and `keep`; it has {found}.',
  'template/filter': '"{id}" filters others: they have {field}, it has none.',
  'template/base': '"{id}" filters {base}, which is no template that trades.',
  'template/direction': 'A direction is 1 or -1, and stands once; found {found}.',
  'template/judged': '"{id}" {does}, so it cannot be judged by "{judged}".',
  'template/across': '`{name}` looks at other symbols, but templates decide one symbol at a time.',
});

/** What is wrong with templates by themselves, and with events that name them. */
export function fitProblems(
  templates: readonly Template[],
  events: readonly Event[],
): readonly Diagnostic[] {
  const own = templates.flatMap((spec) => {
    const wrong = kindProblems(spec);
    // What a template is must be plain before it can be said what else is wrong with it.
    if (wrong.length > 0) return wrong;
    return [
      ...filterProblems(spec),
      ...baseProblems(spec, templates),
      ...directionProblems(spec),
      ...judgedProblems(spec),
      ...acrossProblems(spec),
    ];
  });
  return [...own, ...events.flatMap((spec) => familyProblems(spec, templates))];
}

/** Whether a template leaves out some of what others trade. */
export function filters({ direction }: Pick<Template, 'direction'>): boolean {
  return direction === undefined;
}

const OF_TRADES = ['side', 'when', 'wait'] as const;
const OF_FILTERS: readonly Template['judged'][] = ['lift', 'tail', 'adverse'];

/** Where a field of a template stands, or the template itself where it has none. */
function at(spec: Template, field: string) {
  return placeIn(spec, field) ?? placeIn(spec, 'template');
}

function kindProblems(spec: Template): readonly Diagnostic[] {
  const { id, direction, base, keep } = spec;
  const has = Object.entries({ direction, base, keep }).flatMap(([k, v]) => (v ? [k] : []));
  const found = has.join(', ') || 'none of them';
  if (found === 'direction' || found === 'base, keep') return [];
  return [report('template/kind', at(spec, 'keep'), { id, found })];
}

function filterProblems(spec: Template): readonly Diagnostic[] {
  const wrong = filters(spec) ? OF_TRADES.filter((field) => spec[field] !== undefined) : [];
  return wrong.map((field) => report('template/filter', at(spec, field), { id: spec.id, field }));
}

function baseProblems(spec: Template, templates: readonly Template[]): readonly Diagnostic[] {
  const trading = templates.filter((t) => !filters(t)).map(({ id }) => id);
  const hint = `those are ${trading.join(', ')}`;
  return (spec.base ?? [])
    .filter((base) => !trading.includes(base))
    .map((base) => report('template/base', at(spec, 'base'), { id: spec.id, base }, { hint }));
}

function directionProblems(spec: Template): readonly Diagnostic[] {
  const found = spec.direction ?? [];
  if (!found.includes(0) && new Set(found).size === found.length) return [];
  return [report('template/direction', at(spec, 'direction'), { found })];
}

function judgedProblems(spec: Template): readonly Diagnostic[] {
  const { id, judged } = spec;
  if (OF_FILTERS.includes(judged) === filters(spec)) return [];
  const does = filters(spec) ? 'filters' : 'trades';
  const hint = filters(spec) ? `filters are judged by ${OF_FILTERS.join(', ')}` : undefined;
  return [report('template/judged', at(spec, 'judged'), { id, does, judged }, { hint })];
}

function acrossProblems(spec: Template): readonly Diagnostic[] {
  const mentions = treesOf(spec).flatMap((tree) => mentionsOf(tree, composedOperators()));
  return mentions
    .filter(({ kind }) => kind === 'section' || kind === 'symbol')
    .map(({ name, place }) => {
      const hint = 'make it a feature, and name that';
      return report('template/across', place, { name }, { hint });
    });
}

function familyProblems(event: Event, templates: readonly Template[]): readonly Diagnostic[] {
  const { id, family } = event;
  const wrong = templates.filter((spec) => {
    return event.templates.includes(spec.id) && spec.families?.includes(family) === false;
  });
  return wrong.map((spec) => {
    const hint = `it is for ${spec.families?.join(', ')}; drop it here, or let it have the family`;
    const facts = { template: spec.id, family, event: id };
    return report('template/family', placeIn(event, 'templates'), facts, { hint });
  });
}
