import { type Frame, isFrame } from '../../engine/frame/frame.js';
import { bind, evaluate } from '../../engine/sdk/index.js';
import { compileOver } from '../../nodes/kinds/programs.js';
import { FIVE, formula } from './research.js';

/*
 * A reader of blueprints that knows what a line says, the schema of lines and the formula language: no spec, and none of the code that
 * made the line. It walks each symbol bar by bar in the order in which a strategy would live it.
 */

/** What a reader needs of a line. */
export interface Told {
  readonly event_type: string;
  readonly symbol_scope: { readonly symbols: readonly string[] };
  readonly entry: {
    readonly triggers: readonly string[];
    readonly side: {
      readonly times: number;
      readonly columns: readonly string[];
      readonly formula: string | null;
    };
    readonly when: string | null;
    readonly wait: { readonly bars: number; readonly for: string } | null;
    readonly keep: string | null;
    readonly state: { readonly flag: string; readonly rule: string } | null;
    readonly condition_nodes: readonly {
      readonly feature: string;
      readonly operator: string;
      readonly value: number;
    }[];
    readonly delay_bars: number;
    readonly cooldown_bars: number;
    readonly reentry_lockout_bars: number;
  };
  readonly exit: { readonly time_stop_bars: number };
}

/** One symbol: features, and the rows of the event with what stands in them. */
export interface Lived {
  readonly symbol: string;
  readonly features: Frame;
  readonly signals: ReadonlyMap<number, Readonly<Record<string, number>>>;
}

export interface Trade {
  readonly symbol: string;
  readonly ts: number;
  readonly side: number;
}

/** The trades of a blueprint whose exit lies within the rows. */
export function tradesOf(told: Told, market: readonly Lived[]): readonly Trade[] {
  return market
    .filter(({ symbol }) => told.symbol_scope.symbols.includes(symbol))
    .flatMap((lived) => walked(told, lived));
}

interface Decision {
  readonly signal: number;
  readonly row: number;
  readonly side: number;
}

function walked({ entry, exit }: Told, lived: Lived): readonly Trade[] {
  const times = lived.features.time('ts');
  const decisions = [...lived.signals.keys()]
    .flatMap((signal) => decided(entry, lived, signal))
    .sort((a, b) => a.row - b.row || a.signal - b.signal);
  let flat = 0;
  return decisions.flatMap(({ row, side }) => {
    const left = row + entry.delay_bars + exit.time_stop_bars;
    if (row < flat || left >= times.length) return [];
    flat = left + Math.max(entry.cooldown_bars, entry.reentry_lockout_bars);
    return [{ symbol: lived.symbol, ts: times[row] ?? Number.NaN, side: side * entry.side.times }];
  });
}

function decided(entry: Told['entry'], lived: Lived, signal: number): readonly Decision[] {
  const side = sideOf(entry, lived, signal);
  const holds = (text: string, row: number, waited = 0) =>
    saidAt(lived, text, { side, waited }, 'boolean', row) === 1;
  if (side === 0 || (entry.state && !holds(entry.state.rule, signal))) return [];
  if (entry.when && !holds(entry.when, signal)) return [];
  for (const node of entry.condition_nodes) {
    if (!holds(`${node.feature} ${node.operator} ${node.value}`, signal)) return [];
  }
  const { wait, keep } = entry;
  const bars = Array.from({ length: wait?.bars ?? 0 }, (_, i) => i + 1);
  const waited = wait ? bars.find((n) => holds(wait.for, signal + n, n)) : 0;
  if (waited === undefined || (keep && !holds(keep, signal + waited))) return [];
  return [{ signal, row: signal + waited, side }];
}

function sideOf({ side }: Told['entry'], lived: Lived, row: number): number {
  if (side.formula) return Math.sign(saidAt(lived, side.formula, {}, 'number', row) || 0);
  const own = lived.signals.get(row);
  return side.columns.map((name) => own?.[name] ?? 0).find((value) => value !== 0) ?? 0;
}

const known = new WeakMap<Frame, Map<string, ArrayLike<number>>>();

/** What a formula says at a row; beyond the rows nothing. */
function saidAt(
  { symbol, features }: Lived,
  text: string,
  given: Readonly<Record<string, number>>,
  gives: 'number' | 'boolean',
  row: number,
): number {
  const columns = known.get(features) ?? new Map<string, ArrayLike<number>>();
  known.set(features, columns);
  const key = JSON.stringify([text, given, gives]);
  const values = columns.get(key) ?? computed(text, given, gives, symbol, features);
  columns.set(key, values);
  return values[row] ?? Number.NaN;
}

function computed(
  text: string,
  given: Readonly<Record<string, number>>,
  gives: 'number' | 'boolean',
  symbol: string,
  features: Frame,
): ArrayLike<number> {
  const { tree: open } = formula(text);
  const tree = bind(open, given, ({ message }) => {
    throw new Error(message);
  });
  const { program, problems } = compileOver(
    [{ id: '=told', tree, place: tree.place, gives }],
    { self: features },
    FIVE,
  );
  if (problems.some(({ severity }) => severity === 'error')) {
    throw new Error(problems.map(({ message }) => message).join('\n'));
  }
  const made = evaluate(program, { self: features }, ['=told'], { symbol });
  if (!isFrame(made)) throw new Error(`${text} gives no column`);
  return gives === 'number' ? made.column('=told') : made.flags('=told');
}
