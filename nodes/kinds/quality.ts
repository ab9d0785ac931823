import { defineKind, t } from '../../engine/sdk/index.js';

const share = { min: 0, max: 1 } as const;

/** What the occurrences of an event must be like before outcomes are looked at: the bounds of gate E1. */
export const quality = defineKind({
  kind: 'quality',
  doc: 'Bounds on the occurrences of an event; one that is outside keeps its rows, is flagged, and discovery does not try it.',
  folder: 'quality',
  fields: {
    near: t.integer({
      min: 1,
      unit: 'bars',
      doc: 'A distance between neighbours is short where it ends on one of the first so many bars at which the cooldown allows another occurrence; without a cooldown, where it is no longer.',
    }),
    clustered_most: t.number({ ...share, doc: 'Most of the distances that may be so short.' }),
    age: t.integer({
      min: 0,
      unit: 'bars',
      doc: 'Most that the bar an occurrence is read at may be old.',
    }),
    joined_least: t.number({ ...share, doc: 'Least share of occurrences that have such a bar.' }),
    step: t.number({
      above: 0,
      max: 0.5,
      doc: 'Share by which the main threshold is moved, either way; of a rank, of its distance from the nearer end.',
    }),
    elasticity_most: t.number({
      above: 0,
      doc: 'Most that the count may change, as a share, for each share that the threshold is moved.',
    }),
    judged_from: t.integer({
      min: 1,
      unit: 'count',
      doc: 'With fewer distances clustering, with fewer occurrences elasticity is told and not judged: chance alone moves them more.',
    }),
    beside: t.integer({
      min: 0,
      unit: 'bars',
      doc: 'Occurrences of two events no further apart overlap.',
    }),
  },
});
