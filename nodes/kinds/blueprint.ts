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
        mode: t.choice(['fixed_risk', 'vol_target'], { doc: 'Which of the next two counts.' }),
        risk_per_trade: t.optional(t.number({ above: 0, doc: 'Share of the equity.' })),
        target_vol: t.optional(
          t.number({ above: 0, unit: '1 / √year', doc: 'Volatility aimed at.' }),
        ),
        max_gross_leverage: t.number({ above: 0, doc: 'Positions over equity.' }),
        max_position_scale: t.number({ above: 0, doc: 'Of one position, over its usual size.' }),
        portfolio_risk_budget: t.number({ above: 0, doc: 'Share of the equity at risk.' }),
        symbol_risk_budget: t.number({
          above: 0,
          doc: 'Share of the equity at risk in one symbol.',
        }),
      },
      { doc: 'Size of positions.' },
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
