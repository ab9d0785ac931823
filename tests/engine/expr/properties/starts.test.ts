import { describe, expect, it } from '@jest/globals';
import type { Node } from '../../../../engine/expr/node.js';
import { families } from '../../../../engine/expr/ops/index.js';
import type { Frame } from '../../../../engine/frame/frame.js';
import { FIVE_MINUTES } from '../kit.js';
import { RUNS } from './calls.js';
import { held } from './compare.js';
import { otherPast, since } from './futures.js';
import { NAMES, type Subject, subjectGroups, worked } from './subjects.js';
import { FIRST, REBUILT, type World, worldOf } from './world.js';

/*
 * Every operator, with many combinations of arguments: settled rows depend neither on where the data start nor on what was
 * there before their reach.
 */

const ROWS = 420;
/** Running sums keep their last digits from block to block, so two runs that start apart may differ in these until both rebuild. */
const LAST_DIGITS = 1e-9;
/** A memory that decays keeps 1e-12 of a bad tick, which may be a thousand times what it is then compared with. */
const FORGOTTEN = 1e-7;
const STARTS = [9, 70, ...Array.from({ length: RUNS - 1 }, (_, i) => 17 + ((i * 41) % 200))];
const PASTS = [33, 110, ...Array.from({ length: RUNS - 1 }, (_, i) => 21 + ((i * 53) % 200))];

const groups = subjectGroups().map((group) => {
  const world = worldOf(group.facts, ROWS);
  return { group, world, whole: worked(group, world) };
});
type Whole = (typeof groups)[number];
/** Operators of which some row that was known was held to one of these. */
const seen = new Set<string>();

/** Families whose kernels keep running sums. */
const SUMS = new Set(
  families
    .filter(({ name }) => ['rolling', 'information', 'across'].includes(name))
    .flatMap((family) => family.operators),
);

/** How many running sums stand on each other; more than can be rebuilt where rows are not those of bars, or a start decays. */
function depthOf(node: Node): number {
  if (node.kind !== 'op') return 0;
  const { clock, kind } = node.facts;
  const below = node.inputs.reduce((top, i) => Math.max(top, depthOf(i.node)), 0);
  if ((clock ?? 'bars') !== 'bars' || kind !== 'finite') return Number.POSITIVE_INFINITY;
  return below + (SUMS.has(node.op) ? 1 : 0);
}

function faults(
  { group, world, whole }: Whole,
  from: number,
  change: (world: World, time: number) => World,
  check: (subject: Subject, one: Frame, other: Frame) => string | undefined,
): string[] {
  const part = worked(group, change(world, FIRST + from * FIVE_MINUTES));
  return group.subjects.flatMap((subject) => {
    const pairs: readonly (readonly [Frame, Frame | undefined])[] =
      subject.column.scope === 'symbol'
        ? [[whole.own, part.own]]
        : [...whole.across].map(([symbol, one]) => [one, part.across.get(symbol)]);
    return pairs.flatMap(([one, other]) => {
      const fault = other && check(subject, one, other);
      return fault === undefined ? [] : [`${subject.text} (from ${from}) ${fault}`];
    });
  });
}

/** The row from which on all that a formula looks back on came after a bar. */
function settledFrom({ column }: Subject, one: Frame, from: number): number {
  return Math.max(0, from + column.facts.reach - listedAt(one));
}

/** The bar of the market with which a symbol's rows begin. */
function listedAt(one: Frame): number {
  return ((one.column('ts')[0] ?? 0) - FIRST) / FIVE_MINUTES;
}

/** Rows that are settled in both runs, and rows whose running sums were rebuilt in both. */
function settled(subject: Subject, one: Frame, other: Frame, from: number): string | undefined {
  const { id, operator, column } = subject;
  const first = settledFrom(subject, one, from);
  const within = column.facts.kind === 'finite' ? LAST_DIGITS : FORGOTTEN;
  const near = held({ id, one, other, from: first, within });
  if (near.known > 0) seen.add(operator);
  if (near.fault !== undefined) return near.fault;
  const depth = depthOf(column.node);
  if (depth > 1 || (depth === 1 && from + column.facts.reach > REBUILT)) return undefined;
  // What looks back reads sums of rows before the one in which they were rebuilt.
  const exact = depth === 0 ? first : Math.max(0, REBUILT + column.facts.reach - listedAt(one));
  const { fault } = held({ id, one, other, from: exact });
  return fault && `${fault} to the last bit`;
}

function bounded({ column }: Subject): boolean {
  return column.facts.kind === 'finite' || column.facts.kind === 'decaying';
}

describe('settled rows', () => {
  for (const from of STARTS)
    it(`are the same where the data start ${from} bars later`, () => {
      const found = groups.flatMap((g) =>
        faults(
          g,
          from,
          (world, time) => since(world, g.group.facts, time),
          (subject, one, other) => {
            if (bounded(subject)) return settled(subject, one, other, from);
            if (subject.column.facts.kind === 'expanding') return undefined;
            const { id, operator } = subject;
            const first = settledFrom(subject, one, from);
            const { fault, known } = held({
              id,
              one,
              other,
              from: first,
              bothKnown: true,
              within: FORGOTTEN,
            });
            if (known > 0) seen.add(operator);
            return fault;
          },
        ),
      );
      expect(found).toEqual([]);
    });

  for (const from of PASTS)
    it(`are the same whatever was there before bar ${from} and their reach`, () => {
      const found = groups.flatMap((g) =>
        faults(
          g,
          from,
          (world, time) => otherPast(world, g.group.facts, time),
          (subject, one, other) =>
            bounded(subject) ? settled(subject, one, other, from) : undefined,
        ),
      );
      expect(found).toEqual([]);
    });

  it('were seen of every operator but those that remember all', () => {
    const all = groups.flatMap(({ group }) => group.subjects);
    const expanding = NAMES.filter((name) =>
      all.every((s) => s.operator !== name || s.column.facts.kind === 'expanding'),
    );
    expect(expanding).toEqual([
      'cumsum',
      'psar',
      'supertrend',
      'ad_line',
      'obv',
      'supertrend_direction',
    ]);
    expect(NAMES.filter((name) => !seen.has(name) && !expanding.includes(name))).toEqual([]);
  });
});
