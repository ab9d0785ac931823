import { Frame, textColumn, timeColumn } from '../../../engine/sdk/index.js';

/** What the dates of a symbol rest on, from what is believed first to what is believed last. */
export type Evidence = 'simulated' | 'declared' | 'table' | 'exchange' | 'bars';

/** A symbol and its life. */
export interface Listing {
  readonly symbol: string;
  /** First moment of trading, UTC milliseconds; NaN where this source does not tell. */
  readonly listed: number;
  /** First moment after the last trade; NaN while it trades, or where this source does not tell. */
  readonly delisted: number;
  readonly category: string | null;
  readonly evidence: Evidence;
  /** It has ended, and nothing tells when: `delisted` is the day by which it had. */
  readonly vague?: boolean;
}

/** What one source tells: its symbols, and the newest moment that it is of, −∞ where it names none. */
export interface Listed {
  readonly rows: readonly Listing[];
  readonly asOf: number;
}

/** A universe and the symbols left out of it. */
export interface Merged {
  readonly rows: readonly Listing[];
  /** The newest moment that any source is of. */
  readonly newest: number;
  /** Symbols of which no source tells when they were listed. */
  readonly undated: readonly string[];
}

/**
 * One row a symbol. The first source that knows when a symbol was listed is believed about its life; a category that it does not
 * name comes from the next one that does.
 */
export function merged(sources: readonly Listed[]): Merged {
  const found = new Map<string, Listing>();
  for (const row of sources.flatMap(({ rows }) => rows)) {
    const before = found.get(row.symbol);
    const dated = before && !Number.isNaN(before.listed) ? before : row;
    found.set(row.symbol, { ...dated, category: before?.category ?? row.category });
  }
  const all = [...found.values()].sort((a, b) => (a.symbol < b.symbol ? -1 : 1));
  const rows = all.filter(({ listed }) => !Number.isNaN(listed));
  const moments = rows.flatMap(({ listed, delisted }) =>
    Number.isNaN(delisted) ? [listed] : [listed, delisted],
  );
  return {
    rows,
    newest: Math.max(...sources.map(({ asOf }) => asOf), ...moments),
    undated: all.flatMap(({ symbol, listed }) => (Number.isNaN(listed) ? [symbol] : [])),
  };
}

/**
 * A universe as it was known at the end of a span: whose life touches the span, and of what ended later that it still trades.
 * @param from  of the first row that is asked for, and `to` of the first that is not
 */
export function asKnown(
  { rows, newest }: Merged,
  from: number,
  to: number,
): Pick<Merged, 'rows' | 'newest'> {
  const touching = rows.filter(({ listed, delisted }) => listed < to && !(delisted <= from));
  return {
    rows: touching.map((row) => (row.delisted > to ? { ...row, delisted: Number.NaN } : row)),
    newest: Math.min(newest, to),
  };
}

/** The table that `spec/contracts/universe.yaml` describes. */
export function universeFrame({ rows, newest }: Pick<Merged, 'rows' | 'newest'>): Frame {
  const texts = (of: (row: Listing) => string | null) => textColumn(rows.map(of));
  const ended = ({ delisted }: Listing) => !Number.isNaN(delisted);
  return Frame.of(
    {
      symbol: texts((r) => r.symbol),
      listed: timeColumn(rows.map((r) => r.listed)),
      delisted: rows.map((r) => r.delisted),
      until: timeColumn(rows.map((r) => (ended(r) ? r.delisted : newest))),
      status: texts((r) => (ended(r) ? 'inactive' : 'active')),
      category: texts((r) => r.category),
      evidence: texts((r) => r.evidence),
    },
    { delisted: 'ms' },
  );
}
