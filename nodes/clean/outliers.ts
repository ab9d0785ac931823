import { defineNode, port, t } from '../../engine/sdk/index.js';
import { trailingMad } from '../math/mad.js';
import { missing } from '../math/missing.js';

export default defineNode({
  type: 'clean.outliers',
  doc: 'Mask values far from what the trailing window made usual, so that no single print drives an estimate.',
  source: 'Hampel (1974), The Influence Curve, JASA 69(346)',
  time: 'trailing',

  in: { frame: port.frame('Any frame that has the column.') },
  out: {
    frame: port.frame('The same rows; masked values are missing.'),
    masked: port.scalar('How many.'),
  },
  params: {
    column: t.column('frame', { doc: 'The column to mask.' }),
    window: t.integer({
      default: 2016,
      min: 48,
      unit: 'bars',
      doc: 'What counts as usual; ends one row back.',
    }),
    limit: t.number({
      default: 10,
      min: 3,
      unit: 'mad',
      doc: 'Distance beyond which a value is masked.',
    }),
  },
  shape: ({ frame }) => (frame ? { frame } : {}),
  errors: { 'clean/no-values': 'Column {column} has no finite value.' },

  run({ frame }, { column, window, limit }, ctx) {
    const values = frame.column(column);
    if (!values.some(Number.isFinite)) ctx.refuse('clean/no-values', { column });
    const { center, scale } = trailingMad(values, window);
    const kept = values.map((v, i) =>
      Math.abs(v - (center[i] ?? Number.NaN)) > limit * (scale[i] ?? Number.NaN) ? Number.NaN : v,
    );
    return { frame: frame.with(column, kept), masked: missing(kept) - missing(values) };
  },
});
