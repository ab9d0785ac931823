import { Frame } from '../../../engine/sdk/index.js';
import type { Handled } from '../quality/handled.js';
import { picked } from './picked.js';

const BPS = 1e4;

/**
 * Perpetual over spot at the bars that both have; no other bar has a row, so a spot bar never stands beside a later perpetual.
 * @param bars  clean bars of the perpetual
 * @param spot  clean bars of spot, on the same grid
 */
export function basisOf(bars: Frame, spot: Frame): Handled {
  const [ts, perp, base] = [bars.time('ts'), bars.column('close'), spot.column('close')];
  const common = new Int32Array(ts.length);
  let count = 0;
  for (let bar = 0; bar < ts.length; bar++) {
    // A price is above 0 or missing.
    if ((perp[bar] ?? Number.NaN) > 0 && (base[bar] ?? Number.NaN) > 0) common[count++] = bar;
  }
  const at = (values: Readonly<Float64Array>) => picked(values, common.subarray(0, count));
  const [perp_close, spot_close] = [at(perp), at(base)];
  const basis_bps = perp_close.map((close, i) => {
    const below = spot_close[i] ?? Number.NaN;
    return (BPS * (close - below)) / below;
  });
  const frame = Frame.of(
    { ts: { dtype: 'time', values: at(ts) }, perp_close, spot_close, basis_bps },
    { perp_close: 'quote / base', spot_close: 'quote / base', basis_bps: 'bps' },
  );
  return { frame, faults: {}, dropped: {} };
}
