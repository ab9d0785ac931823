import { defineNode, Frame, many, optional, t, timeColumn } from '../../engine/sdk/index.js';
import { cost } from '../kinds/cost.js';
import { buyAndHold } from '../math/buy-and-hold.js';
import { compoundDays } from '../math/days.js';
import { dailyMeans } from '../math/netting.js';
import { knownFunding, marketOf } from '../math/stream.js';
import { funding, performance, prices } from '../ports.js';

export default defineNode({
  type: 'simulation.benchmark',
  doc: 'Buy equal amounts of every symbol and hold them: what anybody could have had without research.',
  time: 'trailing',

  in: { bars: many(prices), funding: optional(many(funding)) },
  out: { returns: performance },
  params: { cost: t.spec(cost, { doc: 'Charged once at the start and once at the end.' }) },
  errors: {
    'simulation/no-symbol':
      'Bars do not say which symbol they are of: `bars` must come from a stage with `foreach: symbol`.',
    'simulation/clocks-differ': 'Bars of {symbol} have other rows than those of {first}.',
  },

  run({ bars, funding }, { cost }, ctx) {
    const markets = bars.map(({ at, value }) => {
      const symbol = at.symbol ?? ctx.refuse('simulation/no-symbol');
      const prints = cost.funding ? funding?.find((f) => f.at.symbol === symbol)?.value : undefined;
      const settled = prints && { times: prints.time('ts'), rates: prints.column('rate') };
      return marketOf(symbol, value.time('ts'), value.column('close'), settled);
    });
    const [first] = markets;
    for (const { symbol, times } of markets) {
      const same = times.length === first?.times.length && times[0] === first.times[0];
      if (!same) ctx.refuse('simulation/clocks-differ', { symbol, first: first?.symbol });
    }
    const rate = (cost.taker_bps + cost.half_spread_bps + cost.slippage_bps) / 10_000;
    const held = buyAndHold(markets, rate);
    const days = first?.days ?? { starts: new Float64Array(0), of: new Uint32Array(0) };
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
