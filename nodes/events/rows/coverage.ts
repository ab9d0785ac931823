import { Frame, MISSING_FLAG, type Shape, type SpecOf, sorted } from '../../../engine/sdk/index.js';
import type { event } from '../../kinds/event.js';
import { lowerBound } from '../../math/locate.js';

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
  const turns = symbols.map(turnsOf);
  const count = turns.reduce((sum, rows) => sum + rows.length, 0);
  const [codes, ts, known] = [
    new Uint32Array(count),
    new Float64Array(count),
    new Uint8Array(count),
  ];
  let at = 0;
  for (const [code, looked] of symbols.entries()) {
    for (const row of turns[code] ?? []) {
      codes[at] = code;
      ts[at] = looked.ts[row] ?? NaN;
      known[at] = isKnown(looked, row) ? 1 : 0;
      at += 1;
    }
  }
  const found = Frame.of({
    symbol: { dtype: 'text', codes, words: symbols.map(({ symbol }) => symbol) },
    ts: { dtype: 'time', values: ts },
    ...(event === undefined ? {} : { [event]: { dtype: 'bool', values: known } as const }),
  });
  return sorted(found, ['ts', 'symbol']);
}

/** Rows at which a day begins or what is known changes, ascending: steps from one to the next, for most rows are neither. */
function turnsOf(looked: Looked): readonly number[] {
  const { ts } = looked;
  const rows: number[] = [];
  let [day, change] = [0, 0];
  for (let row = 0; row < ts.length; row = Math.min(day, change)) {
    rows.push(row);
    if (row === day) day = lowerBound(ts, DAY * (1 + Math.floor((ts[row] ?? NaN) / DAY)));
    if (row === change) change = nextChange(looked, row);
  }
  return rows;
}

function isKnown({ kept }: Looked, row: number): boolean {
  return (kept?.[row] ?? MISSING_FLAG) !== MISSING_FLAG;
}

/** The first row after this one at which what is known is another. */
function nextChange(looked: Looked, row: number): number {
  const { kept, ts } = looked;
  if (!kept) return ts.length;
  if (isKnown(looked, row)) {
    const at = kept.indexOf(MISSING_FLAG, row);
    return at < 0 ? ts.length : at;
  }
  let next = row;
  while (next < kept.length && kept[next] === MISSING_FLAG) next += 1;
  return next;
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
