import { defineKind, t } from '../../engine/sdk/index.js';

/** How factors become conviction: a probability for each, weighted in logarithms. */
export const scorer = defineKind({
  kind: 'scorer',
  doc: 'Conviction in an atom: the weighted sum of the logarithms of one probability for each factor.',
  folder: 'selection/scorers',
  fields: {
    factors: t.map(
      t.record({
        weight: t.number({ min: 0, doc: 'Exponent of the probability.' }),
        map: t.choice(['rank', 'rank_desc', 'unit', 'cdf', 'zscore', 'logistic', 'minmax'], {
          doc: 'How values of the cross-section become probabilities.',
        }),
      }),
      { doc: 'Columns of the factors, with weight and map.' },
    ),
    missing: t.number({ min: 0, max: 1, doc: 'Probability of a factor that an atom lacks.' }),
    floor: t.number({
      default: 1e-9,
      min: 0,
      max: 1,
      doc: 'Least probability that enters a logarithm.',
    }),
  },
});
