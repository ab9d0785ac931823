import { Frame, textColumn, timeColumn } from '../../../engine/sdk/index.js';
import { drawdowns } from '../../math/drawdown.js';
import { performance } from '../../math/performance.js';
import { mean, sum } from '../../math/sum.js';
import { columnOf, foldOf, type Series } from './series.js';

/** Days of every row, see contract `equity`. @param all  by name */
export function equityFrame(all: readonly Series[]): Frame {
  const equity = all.flatMap(({ net }) => {
    let value = 1;
    return Array.from(net, (r) => {
      value *= 1 + r;
      return value;
    });
  });
  return Frame.of({
    row: textColumn(all.flatMap(({ row, days }) => Array.from(days, () => row))),
    ts: timeColumn(all.flatMap(({ days }) => Array.from(days))),
    fold: textColumn(all.flatMap(({ fold }) => fold)),
    net: all.flatMap(({ net }) => Array.from(net)),
    equity,
    drawdown: all.flatMap(({ net }) => Array.from(drawdowns(net))),
    exposure: all.flatMap((series) => Array.from(columnOf(series, 'exposure'))),
  });
}

/** One line a row and fold, see contract `fold_results`. @param all  by name */
export function foldFrame(all: readonly Series[]): Frame {
  const lines = all.flatMap(({ row, folds }) =>
    folds
      .map(({ at, value }) => {
        const own = performance(value.column('net'), 1);
        return {
          row,
          fold: Number(foldOf(at)),
          from: value.time('ts')[0] ?? 0,
          days: value.length,
          net: own.totalReturn,
          volatility: own.periodVolatility,
          drawdown: own.maxDrawdown,
          trades: sum(value.column('trades')),
          exposure: mean(value.column('exposure')),
        };
      })
      .sort((a, b) => a.fold - b.fold),
  );
  return Frame.of({
    row: textColumn(lines.map((l) => l.row)),
    fold: lines.map((l) => l.fold),
    from: timeColumn(lines.map((l) => l.from)),
    days: lines.map((l) => l.days),
    net: lines.map((l) => l.net),
    volatility: lines.map((l) => l.volatility),
    drawdown: lines.map((l) => l.drawdown),
    trades: lines.map((l) => l.trades),
    exposure: lines.map((l) => l.exposure),
  });
}
