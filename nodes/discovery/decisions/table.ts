import { type Column, Frame, timeColumn } from '../../../engine/sdk/index.js';
import { numbersOf } from '../../math/vector.js';
import { decided, deciderOf } from './decided.js';
import { merged } from './merged.js';
import type { Rule } from './rules.js';
import { Counts, FATE } from './tally.js';

/*
 * 1. Every signal is put before the rules of its event, in the order of the table of events, and rules in order of name.
 * 2. What is decided is packed into a number and kept by how long it waited: each such list is in order by itself.
 * 3. Columns are read off the numbers, and the lists are merged into the order of the contract. Texts stay codes throughout.
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
  const made = read(lists, names.length);
  const { event, symbol, ts } = signals;
  const codes = (of: Texts) => made.at.map((i) => of.codes[i] ?? 0);
  const [events, symbols] = [codes(event), codes(symbol)];
  const rows = made.at.length;
  const signal = numbersOf(rows, (row) => ts[made.at[row] ?? -1] ?? NaN);
  const stamps = numbersOf(rows, (row) => (signal[row] ?? NaN) + (made.waited[row] ?? 0) * spacing);
  const [ranks, places] = [ranksOf(event.words), ranksOf(symbol.words)];
  // By symbol, event and rule.
  const placeOf = (row: number) => {
    const [place, rank] = [places[symbols[row] ?? -1] ?? NaN, ranks[events[row] ?? -1] ?? NaN];
    return (place * ranks.length + rank) * names.length + (made.template[row] ?? NaN);
  };
  const merging = merged({ ends: made.ends, moments: stamps, places: numbersOf(rows, placeOf) });
  const decisions = Frame.of({
    event: { dtype: 'text', codes: events, words: event.words },
    template: { dtype: 'text', codes: made.template, words: names },
    symbol: { dtype: 'text', codes: symbols, words: symbol.words },
    signal: timeColumn(signal),
    ts: timeColumn(stamps),
    tradable: timeColumn(stamps.map((time) => time + spacing)),
    side: made.side,
    kept: { dtype: 'bool', values: made.kept },
  });
  return { decisions: decisions.take(merging), names, counts };
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

/** A decision as one number: its signal and rule as one, its side and whether it is kept. */
function pack(place: number, side: number, kept: boolean): number {
  return place * 4 + (side > 0 ? 2 : 0) + (kept ? 1 : 0);
}

/** Lists of packed decisions as columns, one list below the other. @param rules  how many there are */
function read(lists: readonly (readonly number[])[], rules: number) {
  const ends: number[] = [];
  for (const list of lists) ends.push((ends.at(-1) ?? 0) + list.length);
  const count = ends.at(-1) ?? 0;
  const [at, template] = [new Uint32Array(count), new Uint32Array(count)];
  const [waited, side, kept] = [
    new Uint16Array(count),
    new Float64Array(count),
    new Uint8Array(count),
  ];
  for (const [bars, list] of lists.entries()) {
    const start = (ends[bars] ?? 0) - list.length;
    waited.fill(bars, start, start + list.length);
    for (let k = 0; k < list.length; k += 1) {
      const packed = list[k] ?? 0;
      const row = start + k;
      at[row] = Math.floor(packed / (4 * rules));
      const rest = packed - (at[row] ?? 0) * rules * 4;
      template[row] = rest >>> 2;
      side[row] = (rest & 2) > 0 ? 1 : -1;
      kept[row] = rest & 1;
    }
  }
  return { ends, at, template, waited, side, kept };
}

/** Places of words in order of code units. */
function ranksOf(words: readonly string[]): readonly number[] {
  const places = new Map([...words].sort(order).map((word, place) => [word, place]));
  return words.map((word) => places.get(word) ?? 0);
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
