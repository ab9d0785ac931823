import { concat, Frame, sorted } from '../../../engine/sdk/index.js';
import type { Given } from '../../../nodes/ingest/tables/given.js';
import { changed, type Edit, FIVE, rowsOf } from './edits.js';
import { along, rebuilt, type Shape, shapeOf } from './shape.js';

export type Market = Readonly<Record<string, Given>>;

/** A market with a pattern written into its raw tables; symbols no edit is about stay the very same. */
export function planted(
  market: Market,
  own: string,
  anchor: number,
  edits: readonly Edit[],
): Market {
  const written = Object.entries(market).map(([symbol, tables]) => {
    const mine = edits.filter((edit) => (edit.symbol ?? own) === symbol);
    return [symbol, mine.length === 0 ? tables : withAll(market, tables, anchor, mine)] as const;
  });
  return Object.fromEntries(written);
}

function withAll(market: Market, tables: Given, anchor: number, edits: readonly Edit[]): Given {
  const of = (table: string) => edits.filter((edit) => (edit.table ?? 'bars') === table);
  const others = (symbol: string) => market[symbol]?.raw;
  const raw = reshaped(tables.raw, anchor, of('bars'), others);
  const { funding, spot, open_interest, liquidations, tob } = tables;
  const other = (table: string, frame: Frame) => edited(frame, anchor, of(table));
  return {
    ...tables,
    raw,
    funding: other('funding', funding),
    ...(spot && { spot: reshaped(along(spot, tables.raw, raw), anchor, of('spot'), others) }),
    ...(open_interest && { open_interest: other('open_interest', open_interest) }),
    ...(liquidations && { liquidations: other('liquidations', liquidations) }),
    ...(tob && { tob: other('tob', tob) }),
  };
}

function edited(frame: Frame, anchor: number, edits: readonly Edit[]): Frame {
  return edits.reduce((all, edit) => {
    if (edit.forced) return withOrders(all, anchor, edit);
    const ts = all.time('ts');
    const rows = rowsOf(ts, anchor, edit);
    const gone = new Set(edit.drop ? rows : []);
    if (edit.drop) return all.take(Array.from(ts.keys()).filter((row) => !gone.has(row)));
    const values = changed(all.column(edit.column), rows, edit);
    return all.with(edit.column, values, all.unit(edit.column));
  }, frame);
}

/** Forced orders beside those there are, a second into their bars: a long is sold, a short is bought. */
function withOrders(frame: Frame, anchor: number, edit: Edit): Frame {
  const { rows, set, forced } = edit;
  const [from, to = from] = rows;
  const count = to - from + 1;
  const worth = new Float64Array(count).fill(typeof set === 'number' ? set : Number.NaN);
  const ts = Float64Array.from(worth, (_, i) => anchor + (from + i) * FIVE + 1000);
  const columns = {
    ts: { dtype: 'time', values: ts },
    sell: { dtype: 'bool', values: new Uint8Array(count).fill(forced === 'long' ? 1 : 0) },
    price: new Float64Array(count).fill(1),
    base: worth,
    value: worth,
  } as const;
  const units = { price: 'quote / base', base: 'base', value: 'quote' };
  return sorted(concat([frame, Frame.of(columns, units)]), ['ts']);
}

function reshaped(
  bars: Frame,
  anchor: number,
  edits: readonly Edit[],
  others: (symbol: string) => Frame | undefined,
): Frame {
  if (edits.length === 0) return bars;
  const ts = bars.time('ts');
  let shape = shapeOf(bars);
  for (const edit of edits) {
    if (!isPart(edit.column, shape)) throw new Error(`Bars have no ${edit.column}.`);
    const other = edit.as === undefined ? undefined : others(edit.as);
    const from = other && shapeOf(other)[edit.column];
    const values = changed(shape[edit.column], rowsOf(ts, anchor, edit), edit, from);
    shape = { ...shape, [edit.column]: values };
  }
  return rebuilt(bars, shape);
}

function isPart(name: string, shape: Shape): name is keyof Shape {
  return Object.hasOwn(shape, name);
}
