import { Frame, sorted } from '../../../engine/sdk/index.js';

/**
 * Tables of contract `coverage` beside each other: a row wherever one of them has one, in which the others say what they said last.
 * An event of which a symbol has no row yet is not known there.
 */
export function besides(tables: readonly Frame[]): Frame {
  const symbols = [...new Set(tables.flatMap((table) => wordsOf(table)))].sort();
  const times = timesOf(tables, symbols);
  const starts = [0];
  for (const own of times) starts.push((starts.at(-1) ?? 0) + own.length);
  const count = starts.at(-1) ?? 0;
  const codes = new Uint32Array(count);
  const ts = new Float64Array(count);
  for (const [code, own] of times.entries()) {
    codes.fill(code, starts[code], starts[code + 1]);
    ts.set(own, starts[code]);
  }
  const known = tables.flatMap((table) =>
    eventsIn(table).map((event) => {
      const values = new Uint8Array(count);
      for (const [code, own] of times.entries()) {
        values.set(carried(table, event, symbols[code] ?? '', own), starts[code]);
      }
      return [event, { dtype: 'bool', values }] as const;
    }),
  );
  const found = Frame.of({
    symbol: { dtype: 'text', codes, words: symbols },
    ts: { dtype: 'time', values: ts },
    ...Object.fromEntries(known),
  });
  return sorted(found, ['ts', 'symbol']);
}

function wordsOf(table: Frame): readonly string[] {
  return [...new Set(table.texts('symbol'))].flatMap((word) => (word === null ? [] : [word]));
}

function eventsIn(table: Frame): readonly string[] {
  return table.fields.flatMap(({ name, dtype }) => (dtype === 'bool' ? [name] : []));
}

/** Of each symbol the times of all tables, ascending, none twice. */
function timesOf(tables: readonly Frame[], symbols: readonly string[]): readonly Float64Array[] {
  const found = new Map(symbols.map((symbol) => [symbol, new Set<number>()]));
  for (const table of tables) {
    const ts = table.time('ts');
    for (const [row, symbol] of table.texts('symbol').entries())
      found.get(symbol ?? '')?.add(ts[row] ?? NaN);
  }
  return symbols.map((symbol) => Float64Array.from(found.get(symbol) ?? []).sort());
}

/** What a table says of one symbol at each of some times: what it said last. */
function carried(
  table: Frame,
  event: string,
  symbol: string,
  times: Readonly<Float64Array>,
): Uint8Array {
  const [names, ts, flags] = [table.texts('symbol'), table.time('ts'), table.flags(event)];
  const values = new Uint8Array(times.length);
  let [row, last] = [0, 0];
  for (const [i, time] of times.entries()) {
    for (; row < table.length && (ts[row] ?? NaN) <= time; row += 1)
      if (names[row] === symbol) last = flags[row] ?? 0;
    values[i] = last;
  }
  return values;
}
