import { Frame, flagColumn, MISSING_FLAG, textColumn } from '../../../engine/sdk/index.js';
import { TOLD } from '../../kinds/occurrence.js';
import type { Told } from './occurrences.js';

/** Where the rule of an event can tell, as a frame of contract `event_coverage`: a row a change, by symbol. */
export function coverageOf(event: string, spacing: number, told: readonly Told[]): Frame {
  const sorted = [...told].sort((a, b) => (a.symbol < b.symbol ? -1 : a.symbol > b.symbol ? 1 : 0));
  const rows = sorted.flatMap(changesOf);
  const time = (plus: number) => {
    return { dtype: 'time', values: Float64Array.from(rows, ({ ts }) => ts + plus) } as const;
  };
  return Frame.of({
    event: textColumn(rows.map(() => event)),
    symbol: textColumn(rows.map(({ symbol }) => symbol)),
    ts: time(0),
    tradable: time(spacing),
    known: flagColumn(rows.map(({ known }) => known)),
  });
}

function changesOf({ symbol, frame }: Told) {
  const [ts, kept] = [frame.time('ts'), frame.flags(TOLD.kept)];
  const found: { symbol: string; ts: number; known: boolean }[] = [];
  for (let row = 0; row < kept.length; row++) {
    const known = kept[row] !== MISSING_FLAG;
    if (found[found.length - 1]?.known !== known)
      found.push({ symbol, ts: ts[row] ?? Number.NaN, known });
  }
  return found;
}
