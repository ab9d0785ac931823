import { defineNode, type Frame, t } from '../../engine/sdk/index.js';
import { mean } from '../math/sum.js';
import { targets } from '../ports.js';

/** What says when a row is; the rest are outcomes. */
const STAMPS: ReadonlySet<string> = new Set(['ts', 'known']);

export default defineNode({
  type: 'targets.rotated',
  doc: 'Outcomes of another time: turned round by one random stretch and centred, so that whatever is found in them is false.',
  source: 'Politis & Romano (1992), in Exploring the Limits of Bootstrap, Wiley',
  time: 'future',

  in: { targets },
  out: { targets },
  params: {
    seed: t.seed(),
    apart: t.duration({
      default: '7d',
      doc: 'Least distance between a decision and the outcome it gets, either way round.',
    }),
    spacing: t.duration({ default: '5m', doc: 'Length of a bar.' }),
  },
  shape: ({ targets: shape }) => (shape ? { targets: shape } : {}),
  errors: {
    'targets/too-short':
      'There are {rows} rows, and a stretch of at least {apart} either way needs more than {needed}.',
  },

  run({ targets: rows }, { apart, spacing }, ctx) {
    const least = Math.ceil(apart / spacing);
    const room = rows.length - 2 * least;
    if (room <= 0) {
      ctx.refuse('targets/too-short', { rows: rows.length, apart: least, needed: 2 * least });
    }
    // One draw for all symbols: of equal length they turn together, and what they have in common stays.
    const by = least + Math.floor(ctx.random('by').uniform() * room);
    ctx.log('Outcomes turned round.', { bars: by });
    const outcomes = rows.names.filter((name) => !STAMPS.has(name));
    const turned = (frame: Frame, name: string) =>
      frame.with(name, centred(rotated(frame.column(name), by)), rows.unit(name));
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
function centred(x: Float64Array): Float64Array {
  const drift = mean(x);
  return x.map((v) => v - drift);
}
