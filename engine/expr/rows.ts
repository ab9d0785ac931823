import type { Frame } from '../frame/frame.js';
import type { ClockRows, ClockSpec } from './op.js';

/** Running sums are rebuilt once in so many absolute rows. */
const BLOCK = 1024;
/** Block length of clocks that say nothing of their spacing, ms. */
const USUAL_SPACING = 3_600_000;

/** The rows of a clock, from the table that is its home. */
export function rowsOf(spec: ClockSpec, frame: Frame, available: string | undefined): ClockRows {
  const ts = frame.column('ts');
  const visible = available === undefined ? closesOf(ts, spec.width) : frame.column(available);
  return { spec, ts, visible, anchors: anchorsOf(ts, spec) };
}

function closesOf(ts: Readonly<Float64Array>, width: number): Readonly<Float64Array> {
  if (width === 0) return ts;
  const closes = new Float64Array(ts.length);
  for (let i = 0; i < ts.length; i += 1) closes[i] = (ts[i] ?? 0) + width;
  return closes;
}

/** The first row, and each that opens a block of absolute row numbers: the same rows wherever the data start. */
export function anchorsOf(ts: Readonly<Float64Array>, spec: ClockSpec): Uint8Array {
  const length = BLOCK * (spec.spacing ?? spec.nominal ?? USUAL_SPACING);
  const anchors = new Uint8Array(ts.length);
  let block = Number.NaN;
  for (let i = 0; i < ts.length; i += 1) {
    const own = Math.floor((ts[i] ?? 0) / length);
    if (own !== block) anchors[i] = 1;
    block = own;
  }
  return anchors;
}
