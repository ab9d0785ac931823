import type { Place } from '../diag/diagnostic.js';
import type { Check, Input, Source, Stage } from './graph.js';
import { unique } from './interval.js';
import type { Arrival, Known } from './known.js';

/** Something that decided whether a stage runs, for which items, or how often. */
export interface Control {
  /** `"when"`, `"until"` or the dimension, as messages name it. */
  readonly what: string;
  readonly place: Place;
  readonly stage: Stage;
  readonly known: Known;
}

/** What controls a stage. Whoever looks at a whole table knows it only after all of its rows. */
export function controlOf(
  stage: Stage,
  arriving: readonly Arrival[],
  arrives: (input: Input) => Known,
  of: (source: Source) => Known,
): readonly Control[] {
  const looked = (check: Check): readonly Known[] =>
    Object.values(check.names).flatMap((name): readonly Known[] => {
      if (name.kind === 'wire') return [arrives(name.input)];
      if (name.kind === 'in')
        return arriving.filter((a) => a.input.port === name.port).map((a) => a.known);
      // An output of a round is made from all that came in.
      return name.kind === 'out' ? arriving.map((a) => a.known) : [];
    });
  const dims = stage.dims.flatMap((d): readonly Control[] => {
    if (d.points.kind !== 'port') return [];
    const { source, late } = d.points;
    // Things that are listed each from its own date: none is left out for what became of it.
    const known = late === undefined ? of(source) : { ...of(source), rows: undefined };
    return [{ what: `dimension "${d.name}"`, place: d.place, stage, known }];
  });
  const checks = [
    ...stage.when.map((gate) => ({ what: '"when"', check: gate })),
    ...(stage.repeat ? [{ what: '"until"', check: stage.repeat.until }] : []),
  ].flatMap(({ what, check }) =>
    looked(check).map((known) => ({ what, place: check.place, stage, known })),
  );
  return [...dims, ...checks].map((c) => ({ ...c, known: whole(c.known) }));
}

function whole(known: Known): Known {
  const { rows, after } = known;
  return { ...known, rows: undefined, after: unique(rows ? [...after, rows] : after) };
}
