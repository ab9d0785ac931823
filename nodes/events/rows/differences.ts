import { Frame, type SpecOf, textColumn } from '../../../engine/sdk/index.js';
import type { event } from '../../kinds/event.js';
import { TOLD } from '../../kinds/occurrence.js';
import { firingRows } from '../../math/firing.js';
import type { Variant } from './nudged.js';
import type { Told } from './occurrences.js';

/** An occurrence that comes (+1) or goes (−1) under another threshold. */
interface Difference {
  readonly symbol: string;
  readonly value: number;
  readonly ts: number;
  readonly change: number;
}

/**
 * What comes and goes under other thresholds as a frame of contract `nudged`, sorted by time, symbol and threshold.
 * @param told  of each symbol the flags of the rule as it is and under each of the variants.
 */
export function differences(
  spec: SpecOf<typeof event>,
  spacing: number,
  told: readonly Told[],
  variants: readonly Variant[],
): Frame {
  const rows = told.flatMap((one) => variants.flatMap((variant) => between(one, variant)));
  rows.sort((a, b) => {
    return a.ts - b.ts || (a.symbol < b.symbol ? -1 : a.symbol > b.symbol ? 1 : a.value - b.value);
  });
  const time = (of: (row: Difference) => number) => {
    return { dtype: 'time', values: Float64Array.from(rows, of) } as const;
  };
  return Frame.of({
    event: textColumn(rows.map(() => spec.id)),
    symbol: textColumn(rows.map((r) => r.symbol)),
    ts: time((r) => r.ts),
    tradable: time((r) => r.ts + spacing),
    value: Float64Array.from(rows, (r) => r.value),
    change: Float64Array.from(rows, (r) => r.change),
  });
}

function between({ symbol, frame }: Told, { value, column }: Variant): readonly Difference[] {
  const ts = frame.time('ts');
  const [before, after] = [frame.flags(TOLD.kept), frame.flags(column)];
  const only = (fires: Readonly<Uint8Array>, others: Readonly<Uint8Array>, change: number) => {
    return firingRows(fires)
      .filter((row) => others[row] !== 1)
      .map((row): Difference => ({ symbol, value, ts: ts[row] ?? Number.NaN, change }));
  };
  return [...only(after, before, 1), ...only(before, after, -1)];
}
