import { Frame, flagColumn, type SpecOf, sha256, textColumn } from '../../../engine/sdk/index.js';
import type { event } from '../../kinds/event.js';
import { barsOf, ruleOf, TOLD } from '../../kinds/occurrence.js';
import { firingRows } from '../../math/firing.js';

/** What an event told of one symbol's bars. */
export interface Told {
  readonly symbol: string;
  /** `ts` and the columns named in `TOLD`. */
  readonly frame: Frame;
}

interface Occurrence {
  readonly symbol: string;
  readonly ts: number;
  readonly direction: number;
  readonly sign: number;
  readonly severity: number;
}

const ID_DIGITS = 16;

/** Occurrences of one event in several symbols as a frame of contract `events`, sorted by time and symbol. */
export function occurrences(
  spec: SpecOf<typeof event>,
  spacing: number,
  told: readonly Told[],
): Frame {
  const found = told.flatMap(occurrencesOf).sort((a, b) => {
    return a.ts - b.ts || (a.symbol < b.symbol ? -1 : a.symbol > b.symbol ? 1 : 0);
  });
  const rule = ruleOf(spec);
  const time = (of: (o: Occurrence) => number) => {
    return { dtype: 'time', values: Float64Array.from(found, of) } as const;
  };
  const text = (of: (o: Occurrence) => string) => textColumn(found.map(of));
  const id = ({ symbol, ts }: Occurrence) =>
    sha256(`${rule}\n${symbol}\n${ts}`).slice(0, ID_DIGITS);
  return Frame.of({
    id: text(id),
    event: text(() => spec.id),
    family: text(() => spec.family),
    symbol: text((o) => o.symbol),
    ts: time((o) => o.ts),
    entered: time((o) => o.ts - spec.confirm * spacing),
    tradable: time((o) => o.ts + spacing),
    active_until: time((o) => o.ts + barsOf(spec.active) * spacing),
    direction: Float64Array.from(found, (o) => o.direction),
    sign: Float64Array.from(found, (o) => o.sign),
    severity: Float64Array.from(found, (o) => o.severity),
    proxy: flagColumn(found.map(() => spec.proxy !== undefined)),
  });
}

/** An event that cannot tell its side points nowhere: its direction is 0. Sides are +1, 0 and −1, as `wrongSides` sees to. */
function occurrencesOf({ symbol, frame }: Told): readonly Occurrence[] {
  const [ts, kept] = [frame.time('ts'), frame.flags(TOLD.kept)];
  const [side, sign, severity] = [
    frame.column(TOLD.side),
    frame.column(TOLD.sign),
    frame.column(TOLD.severity),
  ];
  return firingRows(kept).map((row) => ({
    symbol,
    ts: ts[row] ?? Number.NaN,
    direction: side[row] || 0,
    sign: sign[row] || 0,
    severity: severity[row] ?? Number.NaN,
  }));
}
