import { defineKind, t } from '../../engine/sdk/index.js';

const share = { min: 0, max: 1 } as const;

/** What a candidate must show to be promoted: the checks that need no backtest. */
export const promotion = defineKind({
  kind: 'promotion',
  doc: 'What a candidate that met the bridge must show to be promoted, and how many may be; a number that is missing shows nothing.',
  folder: 'discovery/promotions',
  fields: {
    q_most: t.number({ ...share, doc: 'Most its q-value in discovery may be.' }),
    least: t.integer({ min: 1, unit: 'count', doc: 'Occurrences it must have had in discovery.' }),
    periods: t.integer({ min: 1, doc: 'Sub-periods of equal length that the window is cut into.' }),
    consistency_least: t.number({
      ...share,
      doc: 'Share of the sub-periods whose mean has the sign of the whole.',
    }),
    stability_least: t.number({
      min: 0,
      doc: 'Consistency times the size of the mean over the standard deviation of a trade.',
    }),
    survival_least: t.number({ ...share, doc: 'Share of the cost ladder that must still earn.' }),
    control_most: t.number({
      ...share,
      doc: 'Most of the markets of the negative control in which the same hypothesis may pass the same gates.',
    }),
    control_required: t.boolean({
      doc: 'Whether a candidate without a negative control is rejected. Where it is not, that is still told.',
    }),
    psr_least: t.number({ ...share, doc: 'Probability of skill, of this candidate by itself.' }),
    dsr_least: t.number({
      ...share,
      doc: 'Probability of skill, with all that was tried allowed for.',
    }),
    correlation_most: t.number({
      ...share,
      doc: 'Two of which daily returns are correlated as much, either way, are alike.',
    }),
    common_least: t.integer({
      min: 2,
      unit: 'count',
      doc: 'Days on which both traded, below which two count as alike.',
    }),
    at_most: t.integer({ min: 1, doc: 'Most that are promoted.' }),
  },
});
