import { type Column, Frame, timeColumn } from '../../../engine/sdk/index.js';
import { deciderOf } from './decided.js';
import { merged } from './merged.js';
import type { Rule } from './rules.js';
import { Counts } from './tally.js';

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
  const lists = decided(signals, rules, told, names, counts);
  const packing = new Packing(names.length);
  const { event, symbol, ts } = signals;
  const [ranks, places] = [ranksOf(event.words), ranksOf(symbol.words)];
  const decidedOn = (p: number, waited: number) => {
    return (ts[packing.signal(p)] ?? NaN) + waited * spacing;
  };
  /** Place among decisions of one moment: by symbol, event and rule. */
  const placeOf = (p: number) => {
    const i = packing.signal(p);
    const [place, rank] = [
      places[symbol.codes[i] ?? -1] ?? NaN,
      ranks[event.codes[i] ?? -1] ?? NaN,
    ];
    return (place * ranks.length + rank) * names.length + packing.rule(p, i);
  };
  const { list, packed } = merged(lists, decidedOn, placeOf);
  const { at, template, side, kept } = packing.read(packed);
  const picked = (codes: Readonly<Uint32Array>) => at.map((i) => codes[i] ?? 0);
  const signal = new Float64Array(at.length);
  for (let row = 0; row < at.length; row += 1) signal[row] = ts[at[row] ?? 0] ?? NaN;
  const stamps = signal.map((time, row) => time + (list[row] ?? 0) * spacing);
  const decisions = Frame.of({
    event: { dtype: 'text', codes: picked(event.codes), words: event.words },
    template: { dtype: 'text', codes: template, words: names },
    symbol: { dtype: 'text', codes: picked(symbol.codes), words: symbol.words },
    signal: timeColumn(signal),
    ts: timeColumn(stamps),
    tradable: timeColumn(stamps.map((time) => time + spacing)),
    side,
    kept: { dtype: 'bool', values: kept },
  });
  return { decisions, names, counts };
}

/** Step 1 and 2. @returns by bars waited, packed decisions */
function decided(
  { event, symbol, rows, sides }: Signals,
  rules: readonly (readonly Rule[])[],
  told: readonly Frame[],
  names: readonly string[],
  counts: Counts,
): readonly (readonly number[])[] {
  const all = new Map(rules.flat().map((rule) => [rule.name, rule]));
  const longest = Math.max(0, ...[...all.values()].map(({ base }) => base.wait?.bars ?? 0));
  const lists: number[][] = Array.from({ length: longest + 1 }, () => []);
  const packing = new Packing(names.length);
  const numbers = new Map(names.map((name, number) => [name, number]));
  const numbered = rules.map((own) => own.map(({ name }) => numbers.get(name) ?? -1));
  const deciders = told.map((frame) => {
    return new Map([...all].map(([name, rule]) => [numbers.get(name), deciderOf(rule, frame)]));
  });
  for (let i = 0; i < rows.length; i += 1) {
    const code = event.codes[i] ?? -1;
    const own = deciders[symbol.codes[i] ?? -1];
    for (const number of numbered[code] ?? []) {
      const made = own?.get(number)?.(rows[i] ?? -1, sides[i] ?? NaN);
      if (!made) continue;
      counts.add(made.fate, code, number);
      const kept = made.fate === 'kept';
      if (kept || made.fate === 'dropped')
        lists[made.waited]?.push(packing.pack(i, number, made.side, kept));
    }
  }
  return lists;
}

/** A decision as one number: signal, rule, side and whether it is kept. Larger signals, then larger rules, are larger. */
class Packing {
  constructor(readonly rules: number) {}

  pack(signal: number, rule: number, side: number, kept: boolean): number {
    return (signal * this.rules + rule) * 4 + (side > 0 ? 2 : 0) + (kept ? 1 : 0);
  }
  signal(packed: number): number {
    return Math.floor(packed / (4 * this.rules));
  }
  /** @param signal  that of the decision */
  rule(packed: number, signal: number): number {
    return (packed - signal * this.rules * 4) >>> 2;
  }

  /** Many at once, as columns: one division a row. */
  read(packed: Readonly<Float64Array>) {
    const at = new Uint32Array(packed.length);
    const template = new Uint32Array(packed.length);
    const side = new Float64Array(packed.length);
    const kept = new Uint8Array(packed.length);
    for (let row = 0; row < packed.length; row += 1) {
      const p = packed[row] ?? 0;
      const signal = this.signal(p);
      const rest = p - signal * this.rules * 4;
      at[row] = signal;
      template[row] = rest >>> 2;
      side[row] = (rest & 2) > 0 ? 1 : -1;
      kept[row] = rest & 1;
    }
    return { at, template, side, kept };
  }
}

/** Places of words in order of code units. */
function ranksOf(words: readonly string[]): readonly number[] {
  const places = new Map([...words].sort(order).map((word, place) => [word, place]));
  return words.map((word) => places.get(word) ?? 0);
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
