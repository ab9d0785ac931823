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
    const column = (name: string | undefined) => {
      const columns = name === undefined ? undefined : this.#raw(name);
      return (i: number) => columns?.[group.symbols[i] ?? 0]?.[group.rows[i] ?? 0] ?? NaN;
    };
    const [up, down, range] = [hypothesis.up, hypothesis.down, hypothesis.range].map(column);
    const asked = [up, down, range].filter(
      (_, k) => [hypothesis.up, hypothesis.down, hypothesis.range][k],
    );
    const told = (i: number) => asked.every((at) => !Number.isNaN(at?.(i) ?? NaN));
    const { which, gross, days } = narrowed(found, told);
    const long = (i: number) => (group.sides[i] ?? 0) * hypothesis.direction > 0;
    const best = (i: number) => (long(i) ? (up?.(i) ?? NaN) : -(down?.(i) ?? NaN));
    const worst = (i: number) => (long(i) ? (down?.(i) ?? NaN) : -(up?.(i) ?? NaN));
    return {
      days,
      gross,
      kept: Uint8Array.from(which, (i) => group.kept[i] ?? 0),
      favourable: Float64Array.from(which, best),
      adverse: Float64Array.from(which, worst),
      range: Float64Array.from(which, (i) => range?.(i) ?? NaN),
    };
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

function narrowed({ which, gross, days }: Traded, told: (i: number) => boolean): Traded {
  const on = (k: number) => told(which[k] ?? 0);
  return {
    which: which.filter((_, k) => on(k)),
    gross: gross.filter((_, k) => on(k)),
    days: days.filter((_, k) => on(k)),
  };
}

const NOBODY = new Int32Array(0);

function once<T>(made: Map<string, T>, key: string, make: () => T): T {
  const found = made.get(key) ?? make();
  made.set(key, found);
  return found;
}
