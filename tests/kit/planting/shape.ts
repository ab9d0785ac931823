import type { Frame } from '../../../engine/frame/frame.js';

/** Bars taken apart, so that one of them can be written and those after it go on from there. */
export interface Shape {
  /** Close over the close before, less 1. */
  readonly return: Float64Array;
  /** Wicks as shares of the price. */
  readonly above: Float64Array;
  readonly below: Float64Array;
  /** Base units traded, and the share of them that takers bought. */
  readonly volume: Float64Array;
  readonly bought: Float64Array;
  /** Factor on all prices of this bar alone. */
  readonly price: Float64Array;
}

export function shapeOf(bars: Frame): Shape {
  const get = (name: string) => bars.column(name);
  const [open, high, low, close] = [get('open'), get('high'), get('low'), get('close')];
  const [volume, taken] = [get('volume'), get('taker_base_volume')];
  const each = (of: (o: number, h: number, l: number, c: number, row: number) => number) =>
    close.map((c, row) => of(open[row] ?? c, high[row] ?? c, low[row] ?? c, c, row));
  return {
    return: each((o, _h, _l, c, row) => c / (close[row - 1] ?? o) - 1),
    above: each((o, h, _l, c) => h / Math.max(o, c) - 1),
    below: each((o, _h, l, c) => 1 - l / Math.min(o, c)),
    volume: Float64Array.from(volume),
    bought: taken.map((v, row) => v / (volume[row] || Number.NaN)),
    price: close.map(() => 1),
  };
}

/** Bars put together again; a bar opens as far from the close before, and pays as much over its close, as it did. */
export function rebuilt(bars: Frame, shape: Shape): Frame {
  const get = (name: string) => bars.column(name);
  const [opens, closes, turnover] = [get('open'), get('close'), get('quote_volume')];
  const volumes = get('volume');
  const at = (values: Readonly<Float64Array>, row: number) => values[row] ?? Number.NaN;
  const column = () => new Float64Array(bars.length);
  const made = { open: column(), high: column(), low: column(), close: column() };
  const paid = { quote_volume: column(), taker_base_volume: column() };
  let before = at(opens, 0);
  for (let row = 0; row < bars.length; row++) {
    const opened = row === 0 ? before : before * (at(opens, row) / at(closes, row - 1));
    const closed = before * (1 + at(shape.return, row));
    const alone = at(shape.price, row);
    made.open[row] = opened * alone;
    made.close[row] = closed * alone;
    made.high[row] = Math.max(opened, closed) * alone * (1 + at(shape.above, row));
    made.low[row] = Math.min(opened, closed) * alone * (1 - at(shape.below, row));
    const rate = at(turnover, row) / at(volumes, row) / at(closes, row);
    paid.quote_volume[row] = at(shape.volume, row) * rate * closed * alone;
    paid.taker_base_volume[row] = at(shape.volume, row) * at(shape.bought, row);
    before = closed;
  }
  const columns = Object.entries({ ...made, ...paid, volume: shape.volume });
  return columns.reduce((all, [name, values]) => all.with(name, values, all.unit(name)), bars);
}

/** Spot bars moved as the perpetual's were: else every large move would be one of the basis. */
export function along(spot: Frame, before: Frame, after: Frame): Frame {
  if (before === after) return spot;
  const [was, is] = [before.column('close'), after.column('close')];
  const times = Array.from(before.time('ts'), (t, row): [number, number] => {
    return [t, (is[row] ?? Number.NaN) / (was[row] ?? Number.NaN)];
  });
  const moved = new Map(times);
  const ts = spot.time('ts');
  const close = spot.column('close').map((c, row) => c * (moved.get(ts[row] ?? 0) ?? Number.NaN));
  const shape = shapeOf(spot);
  const returns = close.map((c, row) => c / (close[row - 1] ?? Number.NaN) - 1);
  returns[0] = shape.return[0] ?? Number.NaN;
  return rebuilt(spot, { ...shape, return: returns });
}
