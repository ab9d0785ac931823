import type { Context, Flags } from '../../../engine/sdk/index.js';
import { type Traded, traded } from '../../math/traded.js';
import type { Vector } from '../../math/vector.js';
import type { Group } from './groups.js';
import type { Hypothesis } from './hypotheses.js';
import type { Paths } from './judged.js';
import { afterFunding, columnOf, stateOn, type Table } from './tables.js';

/** All symbols with their outcomes; columns that many hypotheses share are made once. */
export class MarketTables {
  readonly #tables: readonly Table[];
  readonly #ctx: Context;
  readonly #columns = new Map<string, readonly Vector[]>();
  readonly #states = new Map<string, readonly (Flags | undefined)[]>();

  constructor(tables: readonly Table[], ctx: Context) {
    this.#tables = tables;
    this.#ctx = ctx;
  }

  /** The trades of a hypothesis, in its direction. @param keptOnly  what a filter keeps, or all of its base */
  trades(hypothesis: Hypothesis, group: Group, keptOnly: boolean): Traded {
    const { lag, hold, symbol, state, direction } = hypothesis;
    const number = this.#tables.findIndex((table) => table.symbol === symbol);
    const among = symbol === undefined ? undefined : (group.bySymbol[number] ?? NOBODY);
    const holds = state === undefined ? undefined : this.#state(state);
    const choice = { among, holds, keptOnly };
    const found = traded(group, choice, this.#outcomes(hypothesis), lag + hold);
    return direction === 1 ? found : { ...found, gross: found.gross.map((x) => direction * x) };
  }

  /** What the trades saw on their way; those of which some of it is not known are left out. */
  paths(hypothesis: Hypothesis, group: Group, found: Traded): Paths {
    const { direction } = hypothesis;
    const { which } = found;
    const [up, down, range] = [hypothesis.up, hypothesis.down, hypothesis.range].map((name) =>
      name === undefined ? undefined : this.#raw(name),
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

  #outcomes({ outcome, lag, hold }: Hypothesis): readonly Vector[] {
    return once(this.#columns, `${outcome}/${lag}/${hold}`, () =>
      this.#tables.map((table) => {
        return afterFunding(table, columnOf(table, outcome, this.#ctx), lag, hold);
      }),
    );
  }

  #raw(name: string): readonly Vector[] {
    return once(this.#columns, name, () => this.#tables.map((t) => columnOf(t, name, this.#ctx)));
  }

  #state(name: string): readonly (Flags | undefined)[] {
    return once(this.#states, name, () => this.#tables.map((table) => stateOn(table, name)));
  }
}

function emptyPaths(n: number) {
  return {
    days: new Int32Array(n),
    gross: new Float64Array(n),
    kept: new Uint8Array(n),
    favourable: new Float64Array(n),
    adverse: new Float64Array(n),
    range: new Float64Array(n),
  };
}

function firstOf(paths: Paths, n: number): Paths {
  return {
    days: paths.days.subarray(0, n),
    gross: paths.gross.subarray(0, n),
    kept: paths.kept.subarray(0, n),
    favourable: paths.favourable.subarray(0, n),
    adverse: paths.adverse.subarray(0, n),
    range: paths.range.subarray(0, n),
  };
}

const NOBODY = new Int32Array(0);

function once<T>(made: Map<string, T>, key: string, make: () => T): T {
  const found = made.get(key) ?? make();
  made.set(key, found);
  return found;
}
