import { defineKind, t } from '../../engine/sdk/index.js';

/** What trading costs: basis points of traded notional, per side. */
export const cost = defineKind({
  kind: 'cost',
  doc: 'Fees, spread and slippage charged on traded notional, per side.',
  folder: 'costs',
  fields: {
    taker_bps: t.number({
      min: 0,
      max: 1000,
      unit: 'bps',
      doc: 'Fee of an order that takes liquidity.',
    }),
    maker_bps: t.number({
      min: -100,
      max: 1000,
      unit: 'bps',
      doc: 'Fee of a resting order; negative is a rebate.',
    }),
    half_spread_bps: t.number({ min: 0, max: 1000, unit: 'bps', doc: 'Half the quoted spread.' }),
    model: t.choice(['static', 'calibrated'], {
      default: 'static',
      doc: 'Whether every symbol pays half the spread declared here (static), or half the median spread of its own quotes where there are enough of them (calibrated).',
    }),
    slippage_bps: t.number({
      min: 0,
      max: 1000,
      unit: 'bps',
      doc: 'Adverse move between decision and fill.',
    }),
    funding: t.boolean({ default: true, doc: 'Positions pay and receive funding.' }),
  },
});
