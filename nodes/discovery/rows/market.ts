import type { Context, Flags } from '../../../engine/sdk/index.js';
import { type Traded, traded } from '../../math/traded.js';
import type { Vector } from '../../math/vector.js';
import type { Group } from './groups.js';
import type { Hypothesis } from './hypotheses.js';
import { emptyPaths, firstOf, type Paths } from './paths.js';
import { afterFunding, columnOf, demand, stateOn, type Table } from './tables.js';

/** All symbols with their outcomes; what many hypotheses share is made once: columns, and what decisions of a group find in them. */
export class MarketTables {
  readonly #tables: readonly Table[];
  readonly #ctx: Context;
  readonly #columns = new Map<string, readonly Vector[]>();
  readonly #states = new Map<string, readonly (Flags | undefined)[]>();
  readonly #found = new Map<string, Float64Array>();
  readonly #told = new Map<string, Uint8Array>();

  constructor(tables: readonly Table[], ctx: Context) {
    this.#tables = tables;
    this.#ctx = ctx;
  }

  /** The trades of a hypothesis, in its direction. @param keptOnly  what a filter keeps, or all of its base */
  trades(hypothesis: Hypothesis, group: Group, keptOnly: boolean): Traded {
    const { lag, hold, symbol, state, direction } = hypothesis;
    const number = this.#tables.findIndex((table) => table.symbol === symbol);
    const among = symbol === undefined ? undefined : (group.bySymbol[number] ?? NOBODY);
    const holds = state === undefined ? undefined : this.#held(group, state);
    const choice = { among, holds, keptOnly };
    const found = traded(group, choice, this.#outcomes(group, hypothesis), lag + hold);
    return direction === 1 ? found : { ...found, gross: found.gross.map((x) => direction * x) };
  }

  /** Whether any symbol of a hypothesis can tell its state; true where it has none. */
  tells({ state, symbol }: Hypothesis): boolean {
    if (state === undefined) return true;
    const told = this.#state(state);
    return this.#tables.some((table, number) => {
      return (symbol === undefined || table.symbol === symbol) && told[number] !== undefined;
    });
  }

  /** What the trades saw on their way; those of which some of it is not known are left out. */
  paths(hypothesis: Hypothesis, group: Group, found: Traded): Paths {
    const { direction } = hypothesis;
    const { which } = found;
    const [up, down, range] = [hypothesis.up, hypothesis.down, hypothesis.range].map((name) =>
      name === undefined ? undefined : this.#raw(name, hypothesis.symbol),
    );
    const out = emptyPaths(which.length);
    let n = 0;
    for (let k = 0; k < which.length; k++) {
      const i = which[k] ?? 0;
      const at = (columns: readonly Vector[] | undefined) =>
        columns === undefined ? 0 : (columns[group.symbols[i] ?? 0]?.[group.rows[i] ?? 0] ?? NaN);
      const [high, low, usual] = [at(up), at(down), at(range)];
      if (Number.isNaN(high + low + usual)) continue;
      const long = (group.sides[i] ?? 0) * direction > 0;
      out.days[n] = found.days[k] ?? 0;
      out.gross[n] = found.gross[k] ?? NaN;
      out.kept[n] = group.kept[i] ?? 0;
      out.favourable[n] = long ? high : -low;
      out.adverse[n] = long ? low : -high;
      out.range[n] = usual;
      n++;
    }
    return n === which.length ? out : firstOf(out, n);
  }

  /** Of each decision of a group, were it bought. */
  #outcomes({ name, symbols, rows }: Group, hypothesis: Hypothesis): Float64Array {
    const { outcome, lag, hold, symbol } = hypothesis;
    demand(this.#tables, symbol, outcome, this.#ctx);
    const column = `${outcome}/${lag}/${hold}`;
    return once(this.#found, `${name}\n${column}`, () => {
      const columns = once(this.#columns, column, () =>
        this.#tables.map((table) => afterFunding(table, columnOf(table, outcome), lag, hold)),
      );
      const found = new Float64Array(rows.length);
      for (let i = 0; i < found.length; i++)
        found[i] = columns[symbols[i] ?? 0]?.[rows[i] ?? -1] ?? NaN;
      return found;
    });
  }

  /** Of each decision of a group, whether a state held at its signal. */
  #held({ name, symbols, signals }: Group, state: string): Uint8Array {
    return once(this.#told, `${name}\n${state}`, () => {
      const flags = this.#state(state);
      const held = new Uint8Array(signals.length);
      for (let i = 0; i < held.length; i++)
        held[i] = Number(flags[symbols[i] ?? 0]?.[signals[i] ?? -1] === 1);
      return held;
    });
  }

  #raw(name: string, symbol: string | undefined): readonly Vector[] {
    demand(this.#tables, symbol, name, this.#ctx);
    return once(this.#columns, name, () => this.#tables.map((table) => columnOf(table, name)));
  }

  #state(name: string): readonly (Flags | undefined)[] {
    return once(this.#states, name, () => this.#tables.map((table) => stateOn(table, name)));
  }
}

const NOBODY = new Int32Array(0);

function once<T>(made: Map<string, T>, key: string, make: () => T): T {
  const found = made.get(key) ?? make();
  made.set(key, found);
  return found;
}
