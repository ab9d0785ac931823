import type { Context, Frame, Numbers } from '../../../engine/sdk/index.js';
import { DAY } from '../../math/days.js';
import { indexOfValue } from '../../math/locate.js';
import type { Decisions } from '../../math/traded.js';

/** Rows of one symbol that decisions stand on. */
export interface Clock {
  readonly symbol: string;
  readonly times: Numbers;
}

/** Decisions of one event and template, and the numbers of those of each symbol. */
export interface Group extends Decisions {
  readonly bySymbol: readonly Int32Array[];
}

/**
 * Decisions by event and template, put on the rows of their symbols. Texts are compared as the codes they are stored as, once. Those
 * of symbols that have no table are left out.
 */
export function groupsOf(
  decisions: Frame,
  clocks: readonly Clock[],
  ctx: Context,
): ReadonlyMap<string, Group> {
  const [event, template, symbol] = ['event', 'template', 'symbol'].map((name) =>
    codesOf(decisions, name),
  );
  if (!event || !template || !symbol) return new Map();
  const numbers = symbol.words.map((word) => clocks.findIndex((c) => c.symbol === word));
  const rowsOf = new Map<number, number[]>();
  for (let i = 0; i < decisions.length; i++) {
    if ((numbers[symbol.codes[i] ?? 0] ?? -1) < 0) continue;
    const key = (event.codes[i] ?? 0) * template.words.length + (template.codes[i] ?? 0);
    const rows = rowsOf.get(key);
    if (rows) rows.push(i);
    else rowsOf.set(key, [i]);
  }
  const place = placer(decisions, clocks, (i) => numbers[symbol.codes[i] ?? 0] ?? -1, ctx);
  return new Map(
    [...rowsOf].map(([key, rows]) => {
      const name = event.words[Math.floor(key / template.words.length)] ?? '';
      return [groupName(name, template.words[key % template.words.length] ?? ''), place(rows)];
    }),
  );
}

/** The name of a group. */
export function groupName(event: string, template: string): string {
  return `${event}\n${template}`;
}

function codesOf(frame: Frame, name: string) {
  const column = frame.get(name);
  return column.dtype === 'text' ? column : undefined;
}

function placer(
  decisions: Frame,
  clocks: readonly Clock[],
  numberOf: (row: number) => number,
  ctx: Context,
): (rows: readonly number[]) => Group {
  const [ts, signal] = [decisions.time('ts'), decisions.time('signal')];
  const [side, kept] = [decisions.column('side'), decisions.flags('kept')];
  const rowOf = (i: number) => {
    const times = clocks[numberOf(i)]?.times ?? [];
    const row = indexOfValue(times, ts[i] ?? NaN);
    return row < 0 ? ctx.refuse('discovery/off-clock', factsOf(decisions, i)) : row;
  };
  return (rows) => {
    const symbols = Int32Array.from(rows, numberOf);
    const bySymbol = clocks.map(() => [] as number[]);
    symbols.forEach((number, k) => {
      bySymbol[number]?.push(k);
    });
    return {
      symbols,
      rows: Int32Array.from(rows, rowOf),
      signals: Int32Array.from(rows, (i) =>
        indexOfValue(clocks[numberOf(i)]?.times ?? [], signal[i] ?? NaN),
      ),
      sides: Int8Array.from(rows, (i) => side[i] ?? 0),
      days: Int32Array.from(rows, (i) => Math.floor((ts[i] ?? NaN) / DAY)),
      kept: Uint8Array.from(rows, (i) => (kept[i] === 1 ? 1 : 0)),
      bySymbol: bySymbol.map((list) => Int32Array.from(list)),
    };
  };
}

function factsOf(decisions: Frame, i: number) {
  const text = (name: string) => decisions.slice(i, i + 1).texts(name)[0] ?? '';
  const ts = new Date(decisions.time('ts')[i] ?? NaN).toISOString();
  return { event: text('event'), template: text('template'), symbol: text('symbol'), ts };
}
