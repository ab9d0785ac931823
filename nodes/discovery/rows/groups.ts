import type { Context, Frame, Numbers } from '../../../engine/sdk/index.js';
import { DAY } from '../../math/days.js';
import { listsOf } from '../../math/lists.js';
import { locator } from '../../math/locate.js';
import type { Decisions } from '../../math/traded.js';

/** Rows of one symbol that decisions stand on. */
export interface Clock {
  readonly symbol: string;
  readonly times: Numbers;
}

/** Decisions of one event and template, and the numbers of those of each symbol. */
export interface Group extends Decisions {
  readonly name: string;
  /** Row of the signal in the table of its symbol; −1 where it lies before. */
  readonly signals: Int32Array;
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
  const known = symbol.words.map((word) => clocks.findIndex((c) => c.symbol === word));
  const symbols = new Int32Array(decisions.length);
  const keys = new Int32Array(decisions.length);
  const width = template.words.length;
  for (let i = 0; i < keys.length; i++) {
    const number = known[symbol.codes[i] ?? 0] ?? -1;
    symbols[i] = number;
    keys[i] = number < 0 ? -1 : (event.codes[i] ?? 0) * width + (template.codes[i] ?? 0);
  }
  const all = placed(decisions, clocks, symbols, ctx);
  return new Map(
    listsOf(keys, event.words.length * width).flatMap((list, key) => {
      if (list.length === 0) return [];
      const from = event.words[Math.floor(key / width)] ?? '';
      const name = nameOf(from, template.words[key % width] ?? '');
      return [[name, { name, ...groupAt(all, list, clocks.length) }]];
    }),
  );
}

/** The decisions that a hypothesis is about; none where there are none. */
export function groupOf(
  groups: ReadonlyMap<string, Group>,
  { event, template }: { readonly event: string; readonly template: string },
): Group {
  return groups.get(nameOf(event, template)) ?? EMPTY;
}

function nameOf(event: string, template: string): string {
  return `${event}\n${template}`;
}

function codesOf(frame: Frame, name: string) {
  const column = frame.get(name);
  return column.dtype === 'text' ? column : undefined;
}

/** All decisions on the rows of their symbols; nothing is told of those without a table. */
function placed(
  decisions: Frame,
  clocks: readonly Clock[],
  symbols: Int32Array,
  ctx: Context,
): Columns {
  const [ts, signal] = [decisions.time('ts'), decisions.time('signal')];
  const [side, flags] = [decisions.column('side'), decisions.flags('kept')];
  const find = clocks.map(({ times }) => locator(times));
  const all = emptyColumns(symbols);
  for (let i = 0; i < symbols.length; i++) {
    const rowOf = find[symbols[i] ?? -1];
    if (!rowOf) continue;
    const [time, before] = [ts[i] ?? NaN, signal[i] ?? NaN];
    const row = rowOf(time);
    if (row < 0) ctx.refuse('discovery/off-clock', factsOf(decisions, i));
    all.rows[i] = row;
    all.signals[i] = before === time ? row : rowOf(before);
    all.sides[i] = side[i] ?? 0;
    all.days[i] = Math.floor(time / DAY);
    all.kept[i] = Number(flags[i] === 1);
  }
  return all;
}

type Columns = Omit<Group, 'name' | 'bySymbol'>;

function emptyColumns(symbols: Int32Array): Columns {
  const n = symbols.length;
  return {
    symbols,
    rows: new Int32Array(n),
    signals: new Int32Array(n),
    sides: new Int8Array(n),
    days: new Int32Array(n),
    kept: new Uint8Array(n),
  };
}

/** Some of all decisions, in the order of the list. */
function groupAt(all: Columns, list: Int32Array, many: number): Omit<Group, 'name'> {
  const take = (from: Int32Array) => list.map((i) => from[i] ?? 0);
  const group = {
    ...emptyColumns(take(all.symbols)),
    rows: take(all.rows),
    signals: take(all.signals),
    days: take(all.days),
  };
  for (let k = 0; k < list.length; k++) {
    const i = list[k] ?? 0;
    group.sides[k] = all.sides[i] ?? 0;
    group.kept[k] = all.kept[i] ?? 0;
  }
  return { ...group, bySymbol: listsOf(group.symbols, many) };
}

const EMPTY: Group = { name: '', ...emptyColumns(new Int32Array(0)), bySymbol: [] };

function factsOf(decisions: Frame, i: number) {
  const text = (name: string) => decisions.slice(i, i + 1).texts(name)[0] ?? '';
  const ts = new Date(decisions.time('ts')[i] ?? NaN).toISOString();
  return { event: text('event'), template: text('template'), symbol: text('symbol'), ts };
}
