import { defineKind, t } from '../../engine/sdk/index.js';

/** A way to weigh: objective, caps, and what stands in when it cannot be met. */
export const profile = defineKind({
  kind: 'profile',
  doc: 'A risk profile: what the weights of clusters of atoms minimise, and what they must keep to.',
  folder: 'allocation/profiles',
  fields: {
    method: t.choice(['equal_weight', 'min_variance'], { doc: 'How clusters are weighed.' }),
    cluster_cap: t.number({ default: 0.25, above: 0, max: 1, doc: 'Most weight of one cluster.' }),
    symbol_cap: t.number({
      default: 0.25,
      above: 0,
      max: 1,
      doc: 'Most weight of all atoms of one symbol.',
    }),
    infeasible: t.choice(['relax', 'cash'], {
      default: 'relax',
      doc: 'When caps forbid full investment: raise them as far as needed, or leave the rest in cash.',
    }),
    ridge: t.number({
      default: 0.01,
      min: 0,
      max: 1,
      doc: 'Least pull of correlations towards 0.',
    }),
    condition_most: t.number({
      default: 5000,
      above: 1,
      doc: 'The ridge grows until correlations are conditioned at least this well.',
    }),
    l2: t.number({
      default: 0.05,
      min: 0,
      doc: 'Weight of |w|² in the objective, against concentration.',
    }),
  },
});
