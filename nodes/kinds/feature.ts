import { defineKind, t } from '../../engine/sdk/index.js';
import { DATASETS } from './datasets.js';

/** A column computed from bars: one formula, one instance for each combination of `foreach`. */
export const feature = defineKind({
  kind: 'feature',
  doc: 'A column computed from bars and other features; looking ahead is a type error.',
  folder: 'features',
  formulas: true,
  fields: {
    expr: t.formula({ over: 'bars', gives: 'any', doc: 'The column, as a row formula.' }),
    unit: t.optional(
      t.unit({ doc: 'Unit of the column; stated where the formula alone cannot tell.' }),
    ),
    needs: t.list(t.choice(DATASETS), {
      default: ['perp_ohlcv_5m'],
      doc: 'Data sets the column stands on.',
    }),
  },
});
