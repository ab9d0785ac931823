import {
  type Definition,
  evaluate,
  type Frame,
  type Shape,
  type SpecOf,
  type Tree,
} from '../../../engine/sdk/index.js';
import type { market } from '../../kinds/market.js';
import { barsOf, thinned } from '../../kinds/occurrence.js';
import { compileOver, errorsIn } from '../../kinds/programs.js';
import { UNITS } from '../tables/raw-bars.js';

type Market = SpecOf<typeof market>;
type Effect = NonNullable<Market['simulator']>['planted'][number];

const BPS = 1e-4;

/** Columns that formulas of a world may read, before any bar is made. */
const BARS: Shape = {
  columns: [
    { name: 'ts', dtype: 'time', taint: 'feature', delay: 0, nullable: false },
    ...Object.entries(UNITS).map(([name, unit]) => {
      return { name, dtype: 'f64', unit, taint: 'feature', delay: 0, nullable: false } as const;
    }),
  ],
};

/** What is wrong with the formulas of a world's planted effects. */
export function effectProblems(spec: Market): ReturnType<typeof compiled>['problems'] {
  return compiled(spec, BARS).problems;
}

/** One firing of an effect: the row after which the price drifts, and the log price added in all. */
export interface Drift {
  readonly effect: Effect;
  readonly row: number;
  readonly size: number;
}

/**
 * Every firing of a world's planted effects in the bars of one symbol, without effects, from the epoch on.
 * @param refuse  Told what keeps the formulas from being computed.
 */
export function driftsOf(
  bars: Frame,
  spec: Market,
  refuse: (problems: readonly string[]) => never,
): readonly Drift[] {
  const result = compiled(spec, bars);
  const { program } = result;
  const problems = [
    ...errorsIn(result),
    ...[...program.needs.keys()].map((need) => `a world has no ${need}`),
    ...program.columns
      .filter((c) => c.scope !== 'symbol')
      .map((c) => `${c.id} needs other symbols`),
  ];
  if (problems.length > 0) refuse(problems);
  const effects = spec.simulator?.planted ?? [];
  const ids = effects.flatMap(({ id }) => [fires(id), side(id)]);
  const told = evaluate(program, { self: bars }, ids);
  return effects.flatMap((effect) => {
    const [flags, sides] = [told.flags(fires(effect.id)), told.column(side(effect.id))];
    return Array.from(flags, (flag, row) => {
      const sign = flag === 1 ? Math.sign(sides[row] ?? 0) || 0 : 0;
      return { effect, row, size: sign * effect.drift * BPS };
    }).filter(({ size }) => size !== 0);
  });
}

/** What all drifts add to the log price in each bar: evenly over the bars after the one that fired. */
export function pushes(drifts: readonly Drift[], bars: number, spacing: number): Float64Array {
  const push = new Float64Array(bars);
  for (const { effect, row, size } of drifts) {
    const count = effect.over / spacing;
    const end = Math.min(bars, row + 1 + count);
    for (let bar = row + 1; bar < end; bar++) push[bar] = (push[bar] ?? 0) + size / count;
  }
  return push;
}

const fires = (id: string) => `${id}=fires`;
const side = (id: string) => `${id}=side`;

function compiled(spec: Market, self: Shape | Frame) {
  const clauses = Object.entries(spec.let).map(([id, { tree }]): Definition => {
    return { id, tree, place: tree.place, clause: true };
  });
  const told = (id: string, tree: Tree): Definition => ({ id, tree, place: tree.place });
  const effects = (spec.simulator?.planted ?? []).flatMap((effect): readonly Definition[] => {
    const kept = thinned(effect.after.tree, barsOf(effect.cooldown));
    return [
      { ...told(fires(effect.id), kept), gives: 'boolean' },
      { ...told(side(effect.id), effect.side.tree), gives: 'number' },
    ];
  });
  return compileOver([...clauses, ...effects], { self }, spec.spacing);
}
