import { defineNode, Frame, many, optional, t, timeColumn } from '../../engine/sdk/index.js';
import { cost } from '../kinds/cost.js';
import { fillCost } from '../kinds/costs.js';
import { fold } from '../kinds/fold.js';
import { buyAndHold } from '../math/buy-and-hold.js';
import { compoundDays } from '../math/days.js';
import { dailyMeans } from '../math/netting.js';
import { knownFunding } from '../math/stream.js';
import { costs, funding, performance, prices, universe } from '../ports.js';
import { endedIn, marketErrors, marketsUntil } from './rows/markets.js';

export default defineNode({
  type: 'simulation.benchmark',
  doc: 'Buy equal amounts of every symbol and hold them: what anybody could have had without research.',
  time: 'trailing',

  in: {
    bars: many(prices),
    funding: optional(many(funding)),
    costs: optional(many(costs)),
    universe: optional(universe),
  },
  out: { returns: performance },
  params: {
    cost: t.spec(cost, { doc: 'Charged on buying a symbol, and on selling it at the end.' }),
    fold: t.spec(fold, {
      doc: 'Its test window ends at an announced time: all is sold at the last bar that closes by it.',
    }),
    spacing: t.duration({ default: '5m', doc: 'Length of a bar.' }),
  },
  reads: () => ({ universe: ['symbol', 'delisted'] }),
  errors: marketErrors,
  warnings: {
    'simulation/still-held':
      '{symbols} had no price to be sold at by the end of the test window: still held, at the last known close.',
    'simulation/delisted':
      '{symbols} ceased to trade within the test window: sold at the last price.',
  },

  run({ bars, funding, costs, universe }, { cost, fold, spacing }, ctx) {
    const charged = cost.funding ? funding : undefined;
    const { markets, end } = marketsUntil(bars, charged, universe, fold, spacing, ctx);
    const rates = markets.map(({ symbol }) => fillCost(cost, costs, symbol));
    const held = buyAndHold(markets, rates, end);
    if (held.open.length > 0) {
      const symbols = held.open.map((i) => markets[i]?.symbol).join(', ');
      ctx.warn('simulation/still-held', { symbols });
    }
    const ended = endedIn(markets, ({ prices, gone }) => !Number.isNaN(prices[gone] ?? NaN));
    if (ended !== '') ctx.warn('simulation/delisted', { symbols: ended });
    const days = markets[0]?.days ?? { starts: new Float64Array(0), of: new Uint32Array(0) };
    const daily = compoundDays(held, days);
    const exposure = dailyMeans(held.exposure, days);
    return {
      returns: Frame.of({
        ts: timeColumn(days.starts),
        net: daily.net,
        gross: daily.gross,
        cost: daily.cost,
        funding: knownFunding(daily.funding, markets, cost.funding),
        turnover: daily.traded,
        exposure,
        net_exposure: exposure,
        trades: Float64Array.from(days.starts, (_, day) => (day === 0 ? markets.length : 0)),
      }),
    };
  },
});
