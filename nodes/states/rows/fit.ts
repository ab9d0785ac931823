import {
  composedOperators,
  type Diagnostic,
  mentionsOf,
  placeIn,
  reporter,
  type SpecOf,
} from '../../../engine/sdk/index.js';
import type { event } from '../../kinds/event.js';
import type { state } from '../../kinds/state.js';
import { treesOf } from './definitions.js';

const report = reporter({
  'states/family': '"{id}" is of {family}, but its source {source} is of {found}.',
  'states/across': '`{name}` looks at other symbols, but states are told one symbol at a time.',
  'states/template': 'No event of {family} is traded by {template}.',
});

/**
 * Hold a state against the events it may condition: its source is of its family, and its templates are some of those that events
 * of the family are traded by. Events that are not among these are not judged by.
 */
export function fitProblems(
  spec: SpecOf<typeof state>,
  events: readonly SpecOf<typeof event>[],
): readonly Diagnostic[] {
  const { id, family, source, templates } = spec;
  const origin = events.find((e) => e.id === source);
  if (!origin) return [];
  if (origin.family !== family) {
    const facts = { id, family, source, found: origin.family };
    return [report('states/family', placeIn(spec, 'family') ?? spec.rule.tree.place, facts)];
  }
  const legal = new Set(events.filter((e) => e.family === family).flatMap((e) => e.templates));
  return templates
    .filter((template) => !legal.has(template))
    .map((template) => {
      const place = placeIn(spec, 'templates') ?? spec.rule.tree.place;
      const hint = `they are ${[...legal].join(', ')}`;
      return report('states/template', place, { family, template }, { hint });
    });
}

/** Parts of a state that look across symbols: that is for features, whose columns it may name. */
export function acrossProblems(
  spec: SpecOf<typeof state>,
  events: readonly SpecOf<typeof event>[],
): readonly Diagnostic[] {
  const known = new Set(events.map(({ id }) => id));
  const mentions = treesOf(spec).flatMap((tree) => mentionsOf(tree, composedOperators()));
  return mentions
    .filter(({ kind, name }) => kind === 'section' || (kind === 'symbol' && !known.has(name)))
    .map(({ name, place }) => {
      const hint = 'make it a feature, and name that';
      return report('states/across', place, { name }, { hint });
    });
}
