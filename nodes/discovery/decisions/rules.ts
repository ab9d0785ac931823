import type { SpecOf } from '../../../engine/sdk/index.js';
import type { event } from '../../kinds/event.js';
import type { template } from '../../kinds/template.js';
import { filters } from './fit.js';

type Template = SpecOf<typeof template>;

/** One way an event is traded: by a template, or by one behind a filter. */
export interface Rule {
  /** The template's id; of a filter with what it filters: `only_if_trend(continuation)`. */
  readonly name: string;
  readonly base: Template;
  readonly filter: Template | undefined;
}

/** The ways events are traded, in order of their names. A filter stands beside each of its bases that the event also has. */
export function rulesOf(
  { templates: named }: Pick<SpecOf<typeof event>, 'templates'>,
  templates: readonly Template[],
): readonly Rule[] {
  const own = templates.filter(({ id }) => named.includes(id));
  const trading = own.filter((spec) => !filters(spec));
  const rules = own.flatMap((spec): readonly Rule[] => {
    if (!filters(spec)) return [{ name: spec.id, base: spec, filter: undefined }];
    const bases = trading.filter(({ id }) => spec.base?.includes(id));
    return bases.map((base) => ({ name: `${spec.id}(${base.id})`, base, filter: spec }));
  });
  return rules.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
