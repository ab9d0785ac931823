import {
  Frame,
  flagColumn,
  MISSING_FLAG,
  type Shape,
  type SpecOf,
  textColumn,
} from '../../../engine/sdk/index.js';
import type { event } from '../../kinds/event.js';

/** The bars of one symbol, and at which of them the rule fires; undefined where it could not be looked for at all. */
interface Looked {
  readonly symbol: string;
  /** Opens of the bars, ms. */
  readonly ts: ArrayLike<number>;
  readonly kept: Readonly<Uint8Array> | undefined;
}

const DAY = 86_400_000;

/**
 * From which bars on a rule could tell whether its event occurred, as a frame of contract `coverage`: a row a symbol where that
 * changes, and at the first bar of each day, so that whoever has a part of the rows need not know those before it. Of an event
 * that cannot be looked for there is no column.
 */
export function coverageOf(event: string | undefined, symbols: readonly Looked[]): Frame {
  const found = symbols.flatMap(turnsOf).sort((a, b) => {
    return a.ts - b.ts || (a.symbol < b.symbol ? -1 : a.symbol > b.symbol ? 1 : 0);
  });
  return Frame.of({
    symbol: textColumn(found.map((row) => row.symbol)),
    ts: { dtype: 'time', values: Float64Array.from(found, (row) => row.ts) },
    ...(event === undefined ? {} : { [event]: flagColumn(found.map((row) => row.known)) }),
  });
}

function turnsOf({ symbol, ts, kept }: Looked) {
  const found: { readonly symbol: string; readonly ts: number; readonly known: boolean }[] = [];
  let day = Number.NaN;
  let before: boolean | undefined;
  for (let row = 0; row < ts.length; row += 1) {
    const time = ts[row] ?? Number.NaN;
    const known = (kept?.[row] ?? MISSING_FLAG) !== MISSING_FLAG;
    const today = Math.floor(time / DAY);
    if (known !== before || today !== day) found.push({ symbol, ts: time, known });
    before = known;
    day = today;
  }
  return found;
}

/** Its columns before data exist; of an event that cannot be looked for, what it stands on. */
export function coverageShape({ id, needs }: SpecOf<typeof event>, sound: boolean): Shape {
  const plain = { taint: 'feature', delay: 0, nullable: false } as const;
  return {
    columns: [
      { name: 'symbol', dtype: 'text', ...plain },
      { name: 'ts', dtype: 'time', ...plain },
      ...(sound ? [{ name: id, dtype: 'bool', ...plain } as const] : []),
    ],
    ...(sound ? {} : { absent: [{ name: id, stands: needs }] }),
  };
}
