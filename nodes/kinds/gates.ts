import { defineKind, t } from '../../engine/sdk/index.js';
import { event } from './event.js';

const share = { min: 0, max: 1 } as const;
const bps = { unit: 'bps' } as const;
const BOUNDS = {
  sample_least: t.integer({ min: 2, unit: 'count', doc: 'Occurrences a find must have.' }),
  edge_least: t.number({
    ...bps,
    doc: 'Expectancy after costs a find must have, shrunken and of its own.',
  }),
  stress: t.number({
    min: 1,
    doc: 'A find must have it after this many times the costs too.',
  }),
  stable: t.boolean({ doc: 'Both halves of the sample must agree in sign.' }),
} as const;

/** What a tested hypothesis must be like to be a find, and by which events looser bounds are allowed. */
export const gates = defineKind({
  kind: 'gates',
  doc: 'Bounds on tested hypotheses. The share of false finds that is accepted is a parameter of the run, `fdr`.',
  folder: 'discovery/gates',
  fields: {
    ...BOUNDS,
    information_least: t.number({
      ...share,
      doc: 'Least share of its own mean in the shrunken effect of a find that a state conditions.',
    }),
    cost_ratio_most: t.number({ above: 0, doc: 'Costs over the shrunken effect before them.' }),
    fallback: t.record(
      {
        quality_least: t.number({ ...share, doc: 'Share of four gates that are held.' }),
        sample_least: t.integer({ min: 2, unit: 'count', doc: 'Occurrences.' }),
        edge_least: t.number({ ...bps, doc: 'Expectancy after costs, shrunken and of its own.' }),
        t_least: t.number({ doc: 'Of what was tested.' }),
      },
      { doc: 'What is kept for study though it failed; it is never traded.' },
    ),
    overrides: t.list(
      t.record({
        event: t.id(event, { doc: 'The event.' }),
        fdr: t.optional(t.number({ min: 0, max: 0.5, doc: 'Share of false finds.' })),
        sample_least: t.optional(BOUNDS.sample_least),
        edge_least: t.optional(BOUNDS.edge_least),
        stress: t.optional(BOUNDS.stress),
        stable: t.optional(BOUNDS.stable),
      }),
      {
        default: [],
        doc: 'Other bounds for one event. Each is one more path that could have been taken: what passes only by them says so.',
      },
    ),
  },
});
