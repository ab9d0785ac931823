import { defineKind, t } from '../../engine/sdk/index.js';

const share = { min: 0, max: 1 } as const;

/** Who may be recruited, and how thresholds give way when too few are. */
export const policy = defineKind({
  kind: 'policy',
  doc: 'Vetoes on atoms and the steps in which entropy and efficiency limits are relaxed.',
  folder: 'selection/policies',
  fields: {
    entropy_most: t.number({ ...share, doc: 'Permutation entropy above this is noise.' }),
    efficiency_least: t.number({ ...share, doc: 'Net move over path below this goes nowhere.' }),
    kurtosis_most: t.number({ doc: 'Excess kurtosis; never relaxed.' }),
    volatility_most: t.number({ above: 0, unit: '1 / √year', doc: 'Never relaxed.' }),
    survival_least: t.number({ ...share, doc: 'Share of days observed; never relaxed.' }),
    hurst_band: t.optional(
      t.record(
        { low: t.number(share), high: t.number(share) },
        { doc: 'Between them an atom is a random walk.' },
      ),
    ),
    hurdle: t.number({ unit: '1 / year', doc: 'Least momentum after the cost of an order.' }),
    order_size: t.number({
      default: 1e6,
      above: 0,
      unit: 'quote',
      doc: 'Order whose cost is looked at.',
    }),
    usual_value: t.number({
      default: 1e8,
      above: 0,
      unit: 'quote / day',
      doc: 'Turnover where it is not known.',
    }),
    top_n: t.integer({ min: 1, doc: 'Atoms a cluster gives, for each direction.' }),
    at_most: t.integer({ min: 1, doc: 'Most winners.' }),
    toxic_entropy: t.number({
      ...share,
      doc: 'Above this nothing is recruited beyond the strict stages.',
    }),
    relax_entropy: t.number({
      min: 1,
      doc: 'From stage 2 on the entropy limit is this many times as high.',
    }),
    relax_efficiency: t.number({
      ...share,
      doc: 'From stage 2 on the efficiency limit is this share of it.',
    }),
    entropy_trigger: t.number({
      ...share,
      doc: 'Mean entropy of the pool above which limits are tightened.',
    }),
    tighten_entropy: t.number({ ...share, doc: 'By this factor.' }),
  },
});
