import { type Column, Frame, MISSING_FLAG } from '../../../engine/sdk/index.js';
import { indexOfValue } from '../../math/locate.js';

/** Names formulas have for what an event tells of a bar, beside its id. */
export const SIGNALS = { side: 'side', severity: 'severity' } as const;

/** What an event told of the bars of one symbol. */
interface Signal {
  readonly flags: Uint8Array;
  readonly side: Float64Array;
  readonly severity: Float64Array;
}

/**
 * Occurrences of events as columns on the bars of a symbol: `ID` is true at its signal bar, false at other bars at which it could
 * be looked for, and missing at those at which it could not; `ID.side` and `ID.severity` are known at the signal bar alone.
 * @param self      The symbol's bars, with `ts`.
 * @param events    Occurrences in all symbols; what is not read of them is not told.
 * @param coverage  From which bars on each event is known, contract `coverage`.
 */
export function withSignals(
  self: Frame,
  symbol: string,
  events: Frame,
  coverage: readonly Frame[],
): Frame {
  const ts = self.time('ts');
  const signals = new Map<string, Signal>();
  for (const part of coverage) {
    for (const event of eventsIn(part)) {
      const flags = signals.get(event)?.flags ?? new Uint8Array(ts.length).fill(MISSING_FLAG);
      known(flags, ts, part, event, symbol);
      const empty = () => new Float64Array(ts.length).fill(Number.NaN);
      signals.set(event, { flags, side: empty(), severity: empty() });
    }
  }
  happened(signals, ts, events, symbol);
  const own = self.names.map((name) => ({ name, column: self.get(name), unit: self.unit(name) }));
  const added = [...signals].flatMap(([event, { flags, side, severity }]) => [
    entry(event, { dtype: 'bool', values: flags }),
    entry(`${event}.${SIGNALS.side}`, { dtype: 'f64', values: side }),
    entry(`${event}.${SIGNALS.severity}`, { dtype: 'f64', values: severity }),
  ]);
  return Frame.from([...own, ...added], self.length);
}

/** Events that a table of coverage tells of: its columns of flags. */
export function eventsIn(coverage: Frame): readonly string[] {
  return coverage.fields.flatMap(({ name, dtype }) => (dtype === 'bool' ? [name] : []));
}

function entry(name: string, column: Column) {
  return { name, column };
}

/** False at the bars at which the event is known. */
function known(
  flags: Uint8Array,
  ts: Readonly<Float64Array>,
  coverage: Frame,
  event: string,
  symbol: string,
): void {
  const rows = rowsOf(coverage, { symbol });
  const [since, told] = [coverage.time('ts'), coverage.flags(event)];
  let next = 0;
  let value = MISSING_FLAG;
  for (let row = 0; row < ts.length; row += 1) {
    for (; next < rows.length && (since[rows[next] ?? 0] ?? 0) <= (ts[row] ?? 0); next += 1)
      value = told[rows[next] ?? 0] === 1 ? 0 : MISSING_FLAG;
    flags[row] = value;
  }
}

/** True at the signal bars, with what the occurrence tells there. */
function happened(
  signals: ReadonlyMap<string, Signal>,
  ts: Readonly<Float64Array>,
  events: Frame,
  symbol: string,
): void {
  const [symbols, ids, at] = [events.get('symbol'), events.get('event'), events.time('ts')];
  if (symbols.dtype !== 'text' || ids.dtype !== 'text') throw new Error('Events have no texts.');
  const side = events.has('direction') ? events.column('direction') : undefined;
  const severity = events.has('severity') ? events.column('severity') : undefined;
  const own = symbols.words.indexOf(symbol);
  const byCode = ids.words.map((event) => signals.get(event));
  for (let i = 0; i < events.length; i += 1) {
    const signal = symbols.codes[i] === own ? byCode[ids.codes[i] ?? -1] : undefined;
    if (signal) mark(signal, indexOfValue(ts, at[i] ?? Number.NaN), side?.[i], severity?.[i]);
  }
}

/** @param row  −1: the occurrence is on no bar. */
function mark(
  signal: Signal,
  row: number,
  side: number | undefined,
  severity: number | undefined,
): void {
  if (row < 0) return;
  signal.flags[row] = 1;
  signal.side[row] = side ?? Number.NaN;
  signal.severity[row] = severity ?? Number.NaN;
}

/** Rows whose texts are these, in order. */
function rowsOf(frame: Frame, texts: Readonly<Record<string, string>>): readonly number[] {
  const wanted = Object.entries(texts).map(([name, text]) => {
    const column = frame.get(name);
    if (column.dtype !== 'text') throw new Error(`"${name}" of events is no text.`);
    return { codes: column.codes, code: column.words.indexOf(text) };
  });
  const found: number[] = [];
  for (let i = 0; i < frame.length; i += 1)
    if (wanted.every(({ codes, code }) => codes[i] === code)) found.push(i);
  return found;
}
