import { defineNode, Frame, t, textColumn } from '../../engine/sdk/index.js';
import { market } from '../kinds/market.js';
import { antifragility } from '../math/antifragility.js';
import { liquidityScore } from '../math/liquidity.js';
import { columnOf } from '../math/matrix.js';
import { missing } from '../math/missing.js';
import { panelOf } from '../math/panel.js';
import { seriesFeatures } from '../math/series.js';
import { atoms, factors, returns } from '../ports.js';

export default defineNode({
  type: 'selection.factors',
  doc: "Measure each atom's stream: trend, calm, order, memory, tails and liquidity, the inputs of conviction.",
  source:
    'Bandt & Pompe (2002), PRL 88; Anis & Lloyd (1976), Biometrika 63; Kaufman (1995), Smarter Trading',
  time: 'fit',

  in: { atoms, returns },
  out: { factors },
  params: {
    market: t.spec(market, { doc: 'Its calendar annualises.' }),
    lookback: t.integer({
      default: 120,
      min: 1,
      unit: 'days',
      doc: 'Days that entropy and efficiency look at.',
    }),
    entropy_order: t.choice(['3', '5'], {
      default: '5',
      doc: 'Days a pattern of permutation entropy spans.',
    }),
    liquid: t.number({
      default: 1e7,
      above: 0,
      unit: 'quote / day',
      doc: 'Turnover that is liquid enough.',
    }),
  },
  errors: { 'selection/no-stream': 'Atom {atom} has no stream.' },

  run({ atoms, returns }, { market, lookback, entropy_order, liquid }, ctx) {
    const names = returns.texts('atom').map((atom) => atom ?? '');
    const panel = panelOf(returns.time('ts'), names, returns.column('ret'));
    const columns = new Map(panel.names.map((name, j) => [name, j]));
    const ids = atoms.texts('id').map((id) => id ?? '');
    const streams = ids.map((atom) =>
      columnOf(panel.values, columns.get(atom) ?? ctx.refuse('selection/no-stream', { atom })),
    );
    const rule = { barsPerYear: market.calendar.days_per_year, lookback };
    const features = streams.map((stream) => seriesFeatures(stream, rule));
    const numbers = (of: (f: (typeof features)[number]) => number) => features.map(of);
    const entropy = numbers((f) => (entropy_order === '3' ? f.entropy3 : f.entropy5));
    const traded = atoms.column('value_traded');
    return {
      factors: Frame.of(
        {
          atom: textColumn(ids),
          momentum: numbers((f) => f.momentum),
          volatility: numbers((f) => f.annualVolatility),
          stability: numbers((f) => f.stability),
          entropy,
          order: entropy.map((h) => 1 - h),
          efficiency: numbers((f) => f.efficiency),
          hurst: numbers((f) => Math.max(0, Math.min(f.hurstCorrected, 1))),
          hurst_clean: numbers((f) => f.hurstClean),
          skew: numbers((f) => f.absSkew),
          kurtosis: numbers((f) => f.excessKurtosis),
          cvar: numbers((f) => f.cvar95),
          liquidity: Float64Array.from(traded, (value) => liquidityScore(value, liquid)),
          antifragility: antifragility(streams),
          survival: streams.map((r) => 1 - missing(r) / r.length),
          value_traded: traded,
        },
        { momentum: '1 / year', value_traded: 'quote' },
      ),
    };
  },
});
