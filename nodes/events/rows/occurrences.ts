import { type Column, Frame, type SpecOf, sorted } from '../../../engine/sdk/index.js';
import type { event } from '../../kinds/event.js';
import { barsOf, ruleOf, TOLD } from '../../kinds/occurrence.js';
import { firingRows } from '../../math/firing.js';
import { idsOf } from './ids.js';

/** What an event told of one symbol's bars. */
export interface Told {
  readonly symbol: string;
  /** `ts` and the columns named in `TOLD`. */
  readonly frame: Frame;
}

/** Occurrences of one event in several symbols as a frame of contract `events`, sorted by time and symbol. */
export function occurrences(
  spec: SpecOf<typeof event>,
  spacing: number,
  told: readonly Told[],
): Frame {
  const found = sorted(foundIn(told), ['ts', 'symbol']);
  const [ts, symbol] = [found.time('ts'), found.get('symbol')];
  if (symbol.dtype !== 'text') throw new Error('Symbols are texts.');
  const ids = idsOf(ruleOf(spec), symbol.words, symbol.codes, ts);
  const always = (word: string): Column => {
    return { dtype: 'text', codes: new Uint32Array(ts.length), words: [word] };
  };
  const after = (ms: number): Column => {
    return { dtype: 'time', values: ts.map((time) => time + ms) };
  };
  return Frame.of({
    id: eachOnce(ids),
    event: always(spec.id),
    family: always(spec.family),
    symbol,
    ts: found.get('ts'),
    entered: after(-spec.confirm * spacing),
    tradable: after(spacing),
    active_until: after(barsOf(spec.active) * spacing),
    direction: found.column('direction'),
    sign: found.column('sign'),
    severity: found.column('severity'),
    proxy: {
      dtype: 'bool',
      values: new Uint8Array(ts.length).fill(spec.proxy === undefined ? 0 : 1),
    },
  });
}

/** A column of texts none of which stands twice. */
function eachOnce(words: readonly string[]): Column {
  const codes = new Uint32Array(words.length);
  for (let row = 0; row < codes.length; row += 1) codes[row] = row;
  return { dtype: 'text', codes, words };
}

/** Where it occurred, symbol by symbol. An event that cannot tell its side points nowhere: its direction is 0. Sides are +1, 0 and −1, as `wrongSides` sees to. */
function foundIn(told: readonly Told[]): Frame {
  const parts = told.map(({ frame }) => ({ frame, rows: firingRows(frame.flags(TOLD.kept)) }));
  const count = parts.reduce((sum, { rows }) => sum + rows.length, 0);
  const picked = (name: string) => {
    const values = new Float64Array(count);
    let at = 0;
    for (const { frame, rows } of parts) {
      const all = frame.column(name);
      for (const row of rows) {
        values[at] = all[row] ?? Number.NaN;
        at += 1;
      }
    }
    return values;
  };
  const codes = new Uint32Array(count);
  let start = 0;
  for (const [code, { rows }] of parts.entries()) {
    codes.fill(code, start, start + rows.length);
    start += rows.length;
  }
  return Frame.of({
    symbol: { dtype: 'text', codes, words: told.map(({ symbol }) => symbol) },
    ts: { dtype: 'time', values: picked('ts') },
    direction: picked(TOLD.side).map((side) => side || 0),
    sign: picked(TOLD.sign).map((side) => side || 0),
    severity: picked(TOLD.severity),
  });
}
