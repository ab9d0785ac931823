import { type Column, Frame, timeColumn } from '../../../engine/sdk/index.js';
import { numbersOf, type Vector } from '../../math/vector.js';
import { decided, deciderOf } from './decided.js';
import { merged } from './merged.js';
import { joined, type Packed, pack } from './packed.js';
import type { Rule } from './rules.js';
import { Counts, FATE } from './tally.js';

/*
 * 1. Every signal is put before the rules of its event, in the order of the table of events, and rules in order of name.
 * 2. What is decided is packed into a number and kept by how long it waited: each such list is in order by itself.
 * 3. The lists are merged into the order of the contract, and columns are read off the numbers. Texts stay codes throughout.
 */

type Texts = Extract<Column, { dtype: 'text' }>;

/** Occurrences in order of time, symbol and event. */
export interface Signals {
  readonly event: Texts;
  readonly symbol: Texts;
  readonly ts: Readonly<Float64Array>;
  /** Row of each on the bars of its symbol. */
  readonly rows: Readonly<Uint32Array>;
  /** +1, −1, or 0 where it points nowhere. */
  readonly sides: ArrayLike<number>;
}

/**
 * Decisions in the order of their contract, and what became of the other signals.
 * @param rules    by code of the event, in order of name; those that can be told
 * @param told     by code of the symbol, the columns of templates on its bars
 * @param spacing  milliseconds of a bar
 */
export function decisionTable(
  signals: Signals,
  rules: readonly (readonly Rule[])[],
  told: readonly Frame[],
  spacing: number,
): { readonly decisions: Frame; readonly names: readonly string[]; readonly counts: Counts } {
  const names = [...new Set(rules.flatMap((own) => own.map(({ name }) => name)))].sort(order);
  const counts = new Counts(rules.length, names.length);
  const lists = decidedIn(signals, rules, told, names, counts);
  const { event, symbol, ts } = signals;
  const packed = joined(lists, names.length);
  const moments = numbersOf(packed.at.length, (k) => {
    return (ts[packed.at[k] ?? -1] ?? NaN) + (packed.waited[k] ?? NaN) * spacing;
  });
  const [ranks, places] = [ranksOf(event.words), ranksOf(symbol.words)];
  // By symbol, event and rule.
  const placeOf = (k: number) => {
    const i = packed.at[k] ?? -1;
    const place = places[symbol.codes[i] ?? -1] ?? NaN;
    const rank = ranks[event.codes[i] ?? -1] ?? NaN;
    return (place * ranks.length + rank) * names.length + ((packed.rest[k] ?? 0) >>> 2);
  };
  const rows = merged({ ends: packed.ends, moments, placeOf });
  const stamps = numbersOf(rows.length, (row) => moments[rows[row] ?? -1] ?? NaN);
  const columns = columnsOf(signals, packed, rows);
  const decisions = Frame.of({
    event: { dtype: 'text', codes: columns.event, words: event.words },
    template: { dtype: 'text', codes: columns.template, words: names },
    symbol: { dtype: 'text', codes: columns.symbol, words: symbol.words },
    signal: timeColumn(columns.signal),
    ts: timeColumn(stamps),
    tradable: timeColumn(stamps.map((time) => time + spacing)),
    side: columns.side,
    kept: { dtype: 'bool', values: columns.kept },
  });
  return { decisions, names, counts };
}

/** What is read off the numbers, in the order of rows. */
function columnsOf({ event, symbol, ts }: Signals, { at, rest }: Packed, rows: Vector) {
  const codes = () => new Uint32Array(rows.length);
  const numbers = () => new Float64Array(rows.length);
  const found = { event: codes(), template: codes(), symbol: codes() };
  const [signal, side, kept] = [numbers(), numbers(), new Uint8Array(rows.length)];
  for (let row = 0; row < rows.length; row += 1) {
    const k = rows[row] ?? -1;
    const [i, own] = [at[k] ?? -1, rest[k] ?? 0];
    found.event[row] = event.codes[i] ?? 0;
    found.template[row] = own >>> 2;
    found.symbol[row] = symbol.codes[i] ?? 0;
    signal[row] = ts[i] ?? NaN;
    side[row] = (own & 2) > 0 ? 1 : -1;
    kept[row] = own & 1;
  }
  return { ...found, signal, side, kept };
}

/** Step 1 and 2. @returns by bars waited, packed decisions */
function decidedIn(
  { event, symbol, rows, sides }: Signals,
  rules: readonly (readonly Rule[])[],
  told: readonly Frame[],
  names: readonly string[],
  counts: Counts,
): readonly (readonly number[])[] {
  const all = new Map(rules.flat().map((rule) => [rule.name, rule]));
  const longest = Math.max(0, ...[...all.values()].map(({ base }) => base.wait?.bars ?? 0));
  const lists: number[][] = Array.from({ length: longest + 1 }, () => []);
  const numbers = new Map(names.map((name, number) => [name, number]));
  const numbered = rules.map((own) => own.map(({ name }) => numbers.get(name) ?? -1));
  const deciders = told.map((frame) => {
    return names.map((name) => {
      const rule = all.get(name);
      return rule && deciderOf(rule, frame);
    });
  });
  for (let i = 0; i < rows.length; i += 1) {
    const code = event.codes[i] ?? -1;
    const own = deciders[symbol.codes[i] ?? -1];
    for (const number of numbered[code] ?? []) {
      const made = own?.[number]?.(rows[i] ?? -1, sides[i] ?? NaN);
      if (made === undefined) continue;
      const fate = decided.fate(made);
      counts.add(fate, code, number);
      if (fate === FATE.kept || fate === FATE.dropped)
        lists[decided.waited(made)]?.push(
          pack(i * names.length + number, decided.side(made), fate === FATE.kept),
        );
    }
  }
  return lists;
}

/** Places of words in order of code units. */
function ranksOf(words: readonly string[]): readonly number[] {
  const places = new Map([...words].sort(order).map((word, place) => [word, place]));
  return words.map((word) => places.get(word) ?? 0);
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
