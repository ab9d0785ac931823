import { rollingHaarEnergy } from '../../kernels/haar.js';
import { numberSeries, numbers } from '../../kernels/read.js';
import { defineOp } from '../../op.js';
import { pure, x } from '../shared.js';

export const haar_energy = defineOp({
  name: 'haar_energy',
  doc: 'Share of the energy of a window in its differences at 1, 2, 4 … rows: about 0.88 for white noise, near 0 for a slow wave. Missing where a row of the window is, and where all are 0.',
  formula:
    'Σ d² / Σ x², d = Haar coefficients of the `depth` finest scales; an odd length repeats its last value',
  source: 'Mallat (2008), A Wavelet Tour of Signal Processing, chapter 7',
  example: 'haar_energy(logret_1, 64)',
  args: [
    x,
    { name: 'window', is: 'rows', default: 64, least: 2 },
    { name: 'depth', is: 'integer', default: 3, least: 1, most: 24 },
  ],
  gives: 'number',
  unit: pure,
  holes: 'make',
  reach: (c) => c.number('window') - 1,
  costly: true,
  commutes: true,
  cases: [
    {
      call: 'haar_energy(x, 4, depth=1)',
      rows: { x: [1, 2, 3, 4, null] },
      gives: [null, null, null, 1 / 30, null],
    },
    { call: 'haar_energy(x, 4)', rows: { x: [1, 2, 3, 4] }, gives: [null, null, null, 1 / 6] },
    { call: 'haar_energy(x, 3)', rows: { x: [1, 0, 2, 0] }, gives: [null, null, 0.1 / 1.8, 0.5] },
    { call: 'haar_energy(x, 2)', rows: { x: [0, 0, 5, 5] }, gives: [null, null, 0.5, 0] },
  ],
  run(call) {
    const out = call.memory.numbers(call.rows);
    const { constants } = call;
    rollingHaarEnergy(numbers(call, 0), constants.number('window'), constants.number('depth'), out);
    return numberSeries(out);
  },
});
