import { defineKind, t } from '../../engine/sdk/index.js';

/** An outcome: the only kind of spec in which `ahead()` exists. */
export const target = defineKind({
  kind: 'target',
  doc: 'What happened after a decision; tainted as outcome, so no decision can read it.',
  folder: 'targets',
  formulas: true,
  fields: {
    expr: t.formula({
      over: 'bars',
      gives: 'any',
      doc: 'The outcome, as a row formula with `ahead`.',
    }),
    unit: t.optional(t.unit({ doc: 'Unit of the column.' })),
  },
});
