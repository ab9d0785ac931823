import { LEAST_FOR_HURST, rollingHurst } from '../../kernels/hurst.js';
import { numberSeries, numbers } from '../../kernels/read.js';
import { defineOp } from '../../op.js';
import { x } from '../shared.js';
import { knownFrom, window } from './window.js';

/** R/S is 4 over 8 rows and 8 over 16. */
const UP = [1, 1, 1, 1, -1, -1, -1, -1];
const DOWN = [-1, -1, -1, -1, 1, 1, 1, 1];
const WAVES = [...UP, ...DOWN, ...UP, ...DOWN];
/** Segments of 8 rows are flat, which leaves but one length. */
const STEPS = WAVES.map((_, i) => (Math.floor(i / 8) % 2 === 0 ? 1 : -1));
const UNKNOWN = WAVES.slice(1).map(() => null);

export const hurst = defineOp({
  ...knownFrom(
    () => LEAST_FOR_HURST,
    () => 'two segment lengths',
  ),
  name: 'hurst',
  doc: 'Hurst exponent of returns by rescaled range over segments of 8, 16 … 512 rows: 0.5 for a random walk, more where moves persist. `corrected=false` leaves in what short samples of independent values show (about 0.6). A missing row is passed over in its segment; missing with fewer than 32 known rows, and where fewer than two lengths have a segment that is not flat.',
  formula:
    '½ + slope of ln(mean R/S) − ln E[R/S] on ln(length); without the ½ and E where corrected=false; kept in [0, 1]',
  source: 'Hurst (1951), Trans. ASCE 116; Anis & Lloyd (1976), Biometrika 63, for E[R/S]',
  example: 'hurst(logret_1, 512)',
  args: [x, window, { name: 'corrected', is: 'flag', default: true }],
  cases: [
    {
      call: 'hurst(x, 32)',
      rows: { x: WAVES },
      gives: [...UNKNOWN, 0.879337098238178],
    },
    { call: 'hurst(x, all, corrected=false)', rows: { x: WAVES }, gives: [...UNKNOWN, 1] },
    { call: 'hurst(x, 32)', rows: { x: STEPS }, gives: [...UNKNOWN, null] },
  ],
  run(call) {
    const out = call.memory.numbers(call.rows);
    const { constants } = call;
    rollingHurst(numbers(call, 0), constants.number('window'), constants.flag('corrected'), out);
    return numberSeries(out);
  },
});
