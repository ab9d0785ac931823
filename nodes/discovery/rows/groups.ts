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
  const symbols = Int32Array.from(symbol.codes, (code) => known[code] ?? -1);
  const keys = Float64Array.from(event.codes, (code, i) =>
    (symbols[i] ?? -1) < 0 ? -1 : code * template.words.length + (template.codes[i] ?? 0),
  );
  const place = placer(decisions, clocks, symbols, ctx);
  return new Map(
    [...listsOf(keys)].map(([key, rows]) => {
      const from = event.words[Math.floor(key / template.words.length)] ?? '';
      const name = nameOf(from, template.words[key % template.words.length] ?? '');
      return [name, { name, ...place(rows) }];
    }),
  );
}

/** Where each number of a list stands, ascending; those below 0 are left out. */
function listsOf(keys: Float64Array | Int32Array): ReadonlyMap<number, Int32Array> {
  const sizes = new Map<number, number>();
  for (const key of keys) if (key >= 0) sizes.set(key, (sizes.get(key) ?? 0) + 1);
  const lists = new Map([...sizes].map(([key, size]) => [key, new Int32Array(size)]));
  for (let i = keys.length - 1; i >= 0; i--) {
    const key = keys[i] ?? -1;
    const left = (sizes.get(key) ?? 0) - 1;
    const list = lists.get(key);
    if (!list) continue;
    list[left] = i;
    sizes.set(key, left);
  }
  return lists;
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

function placer(
  decisions: Frame,
  clocks: readonly Clock[],
  numbers: Int32Array,
  ctx: Context,
): (list: Int32Array) => Omit<Group, 'name'> {
  const [ts, signal] = [decisions.time('ts'), decisions.time('signal')];
  const [side, kept] = [decisions.column('side'), decisions.flags('kept')];
  const put = (group: ReturnType<typeof emptyGroup>, k: number, i: number) => {
    const [number, time, before] = [numbers[i] ?? 0, ts[i] ?? NaN, signal[i] ?? NaN];
    const times = clocks[number]?.times ?? [];
    const row = indexOfValue(times, time);
    if (row < 0) ctx.refuse('discovery/off-clock', factsOf(decisions, i));
    group.symbols[k] = number;
    group.rows[k] = row;
    group.signals[k] = before === time ? row : indexOfValue(times, before);
    group.sides[k] = side[i] ?? 0;
    group.days[k] = Math.floor(time / DAY);
    group.kept[k] = Number(kept[i] === 1);
  };
  return (list) => {
    const group = emptyGroup(list.length);
    for (let k = 0; k < list.length; k++) put(group, k, list[k] ?? 0);
    const bySymbol = listsOf(group.symbols);
    return { ...group, bySymbol: clocks.map((_, number) => bySymbol.get(number) ?? NOBODY) };
  };
}

function emptyGroup(n: number) {
  return {
    symbols: new Int32Array(n),
    rows: new Int32Array(n),
    signals: new Int32Array(n),
    sides: new Int8Array(n),
    days: new Int32Array(n),
    kept: new Uint8Array(n),
  };
}

const NOBODY = new Int32Array(0);

const EMPTY: Group = { name: '', ...emptyGroup(0), bySymbol: [] };

function factsOf(decisions: Frame, i: number) {
  const text = (name: string) => decisions.slice(i, i + 1).texts(name)[0] ?? '';
  const ts = new Date(decisions.time('ts')[i] ?? NaN).toISOString();
  return { event: text('event'), template: text('template'), symbol: text('symbol'), ts };
}
