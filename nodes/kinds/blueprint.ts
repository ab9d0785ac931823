import { defineKind, t } from '../../engine/sdk/index.js';

/** How what is promoted is to be traded, as far as no test said anything about it. */
export const blueprint = defineKind({
  kind: 'blueprint',
  doc: 'Sizing and evaluation that blueprints are given, and how many there may be. Entry, exit and direction are those that were tested.',
  folder: 'discovery/blueprints',
  fields: {
    per_event: t.integer({ min: 1, doc: 'Most blueprints of one event, better ones first.' }),
    at_most: t.integer({ min: 1, doc: 'Most blueprints.' }),
    sizing: t.record(
      {
        target_vol: t.number({
          above: 0,
          unit: '1 / √year',
          doc: 'Volatility aimed at: a position is this over that of the returns of its symbol.',
        }),
        vol_window_bars: t.integer({
          min: 2,
          unit: 'bars',
          doc: 'Bars up to the decision over which that volatility is taken.',
        }),
        max_gross_leverage: t.number({ above: 0, doc: 'Positions over equity.' }),
        max_position_scale: t.number({ above: 0, doc: 'Of one position, over its usual size.' }),
        portfolio_risk_budget: t.number({ above: 0, doc: 'Share of the equity at risk.' }),
        symbol_risk_budget: t.number({
          above: 0,
          doc: 'Share of the equity at risk in one symbol.',
        }),
      },
      {
        doc: 'Size of positions, by volatility: blueprints have no stop, and a fixed risk per trade is no size without one.',
      },
    ),
    min_trades: t.record(
      {
        share: t.number({ above: 0, max: 1, doc: 'Of the occurrences in discovery.' }),
        least: t.integer({ min: 0, doc: 'At least so many.' }),
        most: t.integer({ min: 0, doc: 'At most so many.' }),
      },
      { doc: 'Trades that an evaluation must have.' },
    ),
  },
});
