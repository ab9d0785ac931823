import type { SpecOf } from '../../../engine/sdk/index.js';
import type { event } from '../../kinds/event.js';
import type { Same, Untried } from '../../kinds/untried.js';
import type { Cell } from './cells.js';

type Event = SpecOf<typeof event>;

/** What was left out of the grid, event by event. */
interface Left {
  readonly specs: readonly Event[];
  /** Every cell, whether or not gate E1 refused its event. */
  readonly cells: readonly Cell[];
  readonly horizons: readonly { readonly hold: number }[];
  /** States that may condition an event and that nobody can tell. */
  readonly dark: (event: Event) => readonly string[];
  readonly refusals: (event: string) => readonly string[];
  /** What outcomes of a template of an event want for on every symbol. */
  readonly lacking: (event: Event, template: string) => readonly string[];
}

/** What each event names beyond what is tried, and why. */
export function untriedOf({
  specs,
  cells,
  horizons,
  dark,
  refusals,
  lacking,
}: Left): readonly Untried[] {
  const byEvent = new Map<string, Cell[]>();
  for (const cell of cells) {
    const list = byEvent.get(cell.event);
    if (list) list.push(cell);
    else byEvent.set(cell.event, [cell]);
  }
  return specs.map((spec) => {
    const own = byEvent.get(spec.id) ?? [];
    const same = sameAs(own);
    const tried = new Set([...own.flatMap(({ named }) => named), ...same.map((s) => s.template)]);
    const templates = spec.templates.filter((name) => !tried.has(name));
    const lacks = templates.flatMap((name) => {
      const wants = lacking(spec, name);
      return wants.length === 0 ? [] : [[name, wants] as const];
    });
    return {
      event: spec.id,
      templates,
      lacks: Object.fromEntries(lacks),
      same_as: same,
      horizons: spec.horizons.filter((ms) => !horizons.some(({ hold }) => hold === ms)),
      states: dark(spec),
      refused: refusals(spec.id),
    };
  });
}

/** Each way once, by the way that is tried. */
function sameAs(cells: readonly Cell[]): readonly Same[] {
  const found = new Map(
    cells.flatMap(({ template, also }) =>
      also.map(({ name, direction }) => {
        const same = { template: name, direction, as: template };
        return [`${name} ${direction}`, same] as const;
      }),
    ),
  );
  return [...found.values()];
}
