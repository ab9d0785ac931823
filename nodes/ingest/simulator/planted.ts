import {
  composedOperators,
  type Definition,
  evaluate,
  type Frame,
  mentionsOf,
  type Shape,
  type SpecOf,
  type Tree,
} from '../../../engine/sdk/index.js';
import type { market } from '../../kinds/market.js';
import { barsOf, thinned } from '../../kinds/occurrence.js';
import { compileOver, errorsIn } from '../../kinds/programs.js';
import { RAW_TABLES } from '../../kinds/raw-tables.js';
import { firingRows } from '../../math/firing.js';
import { type Beside, shapeBeside, tablesBeside } from './beside.js';

type Market = SpecOf<typeof market>;
type Effect = NonNullable<Market['simulator']>['planted'][number];

const BPS = 1e-4;

/** Columns that formulas of a world may read, before any bar is made. */
const BARS: Shape = {
  columns: [
    { name: 'ts', dtype: 'time', taint: 'feature', delay: 0, nullable: false },
    ...Object.entries(RAW_TABLES.bars).map(([name, unit]) => {
      return { name, dtype: 'f64', unit, taint: 'feature', delay: 0, nullable: false } as const;
    }),
  ],
};

/** What is wrong with the formulas of a world's planted effects. */
export function effectProblems(spec: Market): ReturnType<typeof compiled>['problems'] {
  const tables = tablesBeside(spec.simulator?.tables ?? []);
  const shapes = tables.map((name) => [name, shapeBeside(name)] as const);
  return compiled(spec, { self: BARS, ...Object.fromEntries(shapes) }).problems;
}

/** The same market with every effect drifting as far, each its own way. @param drift  bps; its own where not given */
export function drifting(spec: Market, drift: number | undefined): Market {
  if (drift === undefined || !spec.simulator) return spec;
  const planted = spec.simulator.planted.map((effect) => {
    return { ...effect, drift: Math.sign(effect.drift) * drift };
  });
  return { ...spec, simulator: { ...spec.simulator, planted } };
}

/** The tables beside bars that the rules of a world name; only they need be made from the epoch on. */
export function tablesNamed(spec: Market): readonly Beside[] {
  const trees = [
    ...Object.values(spec.let),
    ...(spec.simulator?.planted ?? []).flatMap(({ after, side, only }) => [
      after,
      side,
      only ?? side,
    ]),
  ].map(({ tree }) => tree);
  const named = new Set(
    trees.flatMap((tree) => mentionsOf(tree, composedOperators())).map(({ name }) => name),
  );
  return tablesBeside(spec.simulator?.tables ?? []).filter((name) => named.has(name));
}

/** Tables that rules look at: the bars as `self`, others by the name of their port. */
export type Looked = { readonly self: Frame } & { readonly [K in Beside]?: Frame };

/** One firing of an effect: the row after which the price drifts, and the log price added in all. */
export interface Drift {
  readonly effect: Effect;
  readonly row: number;
  readonly size: number;
}

/** A number in [0, 1) for a row of an effect: whether this occurrence is followed by its drift. */
export type Luck = (effect: string, row: number) => number;

/**
 * Every firing of a world's planted effects in the tables of one symbol, without effects, from the epoch on. What does not
 * drift, for want of luck or in the wrong state, is left out; it has taken its place in the cooldown all the same.
 * @param refuse  Told what keeps the formulas from being computed.
 */
export function driftsOf(
  tables: Looked,
  spec: Market,
  luck: Luck,
  refuse: (problems: readonly string[]) => never,
): readonly Drift[] {
  const result = compiled(spec, tables);
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
  const told = evaluate(program, tables, effects.flatMap(namesOf));
  return effects.flatMap((effect) => {
    const [flags, sides] = [told.flags(fires(effect.id)), told.column(side(effect.id))];
    const state = effect.only ? told.flags(only(effect.id)) : undefined;
    return firingRows(flags).flatMap((row): readonly Drift[] => {
      const inState = state === undefined || state[row] === 1;
      const sign = inState ? Math.sign(sides[row] ?? 0) || 0 : 0;
      const size = sign * effect.drift * BPS;
      const drifts = size !== 0 && (effect.chance === 1 || luck(effect.id, row) < effect.chance);
      return drifts ? [{ effect, row, size }] : [];
    });
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
const only = (id: string) => `${id}=only`;

function namesOf({ id, only: state }: Effect): readonly string[] {
  return state ? [fires(id), side(id), only(id)] : [fires(id), side(id)];
}

function compiled(spec: Market, tables: Readonly<Record<string, Shape | Frame>>) {
  const clauses = Object.entries(spec.let).map(([id, { tree }]): Definition => {
    return { id, tree, place: tree.place, clause: true };
  });
  const told = (id: string, tree: Tree): Definition => ({ id, tree, place: tree.place });
  const effects = (spec.simulator?.planted ?? []).flatMap((effect): readonly Definition[] => {
    const kept = thinned(effect.after.tree, barsOf(effect.cooldown));
    const state = effect.only?.tree;
    return [
      { ...told(fires(effect.id), kept), gives: 'boolean' },
      { ...told(side(effect.id), effect.side.tree), gives: 'number' },
      ...(state ? [{ ...told(only(effect.id), state), gives: 'boolean' } as const] : []),
    ];
  });
  return compileOver([...clauses, ...effects], tables, spec.spacing);
}
