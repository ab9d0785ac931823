import { textColumn } from '../../../engine/frame/text.js';
import { event } from '../../../nodes/kinds/event.js';
import { state } from '../../../nodes/kinds/state.js';
import { clock, frame } from '../../kit/frame.js';
import { written } from '../../kit/specs.js';

/** Small states over a column `x` and the events JUMP and DIP, and what a pipeline hands to `states.table`. */

export const NONE = Number.NaN;

export const occurs = (id: string, more = '') =>
  written(
    event,
    id,
    `family: TEST\nneeds: [perp_ohlcv_5m]\nfires: x > 8\ncooldown: 1b\nside: sign(x)\nseverity: abs(x)\ntemplates: [continuation]\nhorizons: [5m]\n${more}`,
  );
export const events = [...occurs('JUMP'), ...occurs('DIP')];

/** A state of JUMP, which is in no file; `more` are further lines of its file. */
export const told = (id: string, rule: string, more = '') =>
  written(
    state,
    id,
    `family: TEST\nsource: VOL_SHOCK\nneeds: [perp_ohlcv_5m]\nrule: ${rule}\ntemplates: [continuation]\n${more}`,
  ).map((spec) => ({ ...spec, source: 'JUMP' }));

/** Features of one symbol on consecutive bars. */
export const features = (x: readonly number[]) => frame({ ts: clock(x.length), x });

interface Happened {
  readonly event: string;
  readonly symbol: string;
  readonly row: number;
  readonly direction?: number;
  readonly severity?: number;
}

/** Occurrences on the bars of `features`. */
export function occurrences(rows: readonly Happened[]) {
  const ts = clock(100);
  return frame({
    event: textColumn(rows.map((r) => r.event)),
    symbol: textColumn(rows.map((r) => r.symbol)),
    ts: Float64Array.from(rows, (r) => ts[r.row] ?? NONE),
    direction: Float64Array.from(rows, (r) => r.direction ?? 0),
    severity: Float64Array.from(rows, (r) => r.severity ?? 1),
  });
}

/** What is known of an event in symbols, from which rows on. */
export function covered(
  id: string,
  rows: readonly { readonly symbol: string; readonly row: number; readonly known: boolean }[],
) {
  const ts = clock(100);
  const value = frame({
    symbol: textColumn(rows.map((r) => r.symbol)),
    ts: Float64Array.from(rows, (r) => ts[r.row] ?? NONE),
    [id]: { dtype: 'bool', values: Uint8Array.from(rows, (r) => (r.known ? 1 : 0)) },
  });
  return { at: { event: id }, value };
}

/** An event that misses data: nobody looked for it. */
export const uncovered = (id: string) => ({
  at: { event: id },
  value: frame({ symbol: textColumn([]), ts: new Float64Array(0) }),
});

export const always = (id: string) => covered(id, [{ symbol: 'AAA', row: 0, known: true }]);
