import { defineNode, type Frame, t } from '../../engine/sdk/index.js';
import { mean } from '../math/sum.js';
import { targets } from '../ports.js';

/*
 * Only what a position earns is centred. Excursions and ranges stay as they were on their path: a barrier of one range is reached
 * or missed within a few bars, before a drift counts, while the mean of a whole horizon taken off every excursion moves the barrier
 * itself. Over the bars of SOLUSDT 2023-2024, always bought for an hour, hits come to 1/2 − 0.003 as they are and to 1/2 − 0.023 less
 * the drift, and the upside is -2 basis points, far below its costs. Beyond a few hours the drift shows in the upside (56 basis points
 * at a day, of a drift of 48): no event asks for it there.
 */

/** What says when a row is; the rest are outcomes. */
const STAMPS: ReadonlySet<string> = new Set(['ts', 'known']);

export default defineNode({
  type: 'targets.rotated',
  doc: 'Outcomes of another time: all turned round by one random stretch and returns centred, so that whatever is found in them is false.',
  source: 'Politis & Romano (1992), in Exploring the Limits of Bootstrap, Wiley',
  time: 'fit',

  in: { targets },
  out: { targets },
  params: {
    seed: t.seed(),
    apart: t.duration({
      default: '7d',
      doc: 'Least distance between a decision and the outcome it gets, either way round.',
    }),
    centred: t.list(t.text(), {
      default: ['forward_return', 'basis_change'],
      doc: 'Targets that are centred in every horizon: returns, never how far a path went.',
    }),
    spacing: t.duration({ default: '5m', doc: 'Length of a bar.' }),
  },
  shape: ({ targets: shape }) => (shape ? { targets: shape } : {}),
  errors: {
    'targets/too-short':
      'There are {rows} rows, and a stretch of at least {apart} either way needs more than {needed}.',
  },

  run({ targets: rows }, { apart, spacing, centred }, ctx) {
    const least = Math.ceil(apart / spacing);
    const room = rows.length - 2 * least;
    if (room <= 0) {
      ctx.refuse('targets/too-short', { rows: rows.length, apart: least, needed: 2 * least });
    }
    // One draw for all symbols: of equal length they turn together, and what they have in common stays.
    const by = least + Math.floor(ctx.random('by').uniform() * room);
    ctx.log('Outcomes turned round.', { bars: by });
    const outcomes = rows.names.filter((name) => !STAMPS.has(name));
    const earned = (name: string) => centred.some((id) => name === id || name.startsWith(`${id}_`));
    const turned = (frame: Frame, name: string) => {
      const other = rotated(frame.column(name), by);
      return frame.with(name, earned(name) ? withoutDrift(other) : other, rows.unit(name));
    };
    return { targets: outcomes.reduce(turned, rows) };
  },
});

/** Row i gets what stood `by` rows later; the end goes on with the start. */
function rotated(x: Readonly<Float64Array>, by: number): Float64Array {
  const out = new Float64Array(x.length);
  out.set(x.subarray(by));
  out.set(x.subarray(0, by), x.length - by);
  return out;
}

/** Less its mean: a drift of the whole span is no effect of what happens in it. */
function withoutDrift(x: Float64Array): Float64Array {
  const drift = mean(x);
  return x.map((v) => v - drift);
}
