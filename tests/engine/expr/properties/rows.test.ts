import { describe, expect, it } from '@jest/globals';
import type { Node } from '../../../../engine/expr/node.js';
import { operators } from '../../../../engine/expr/ops/index.js';
import { evaluate, SHOWN } from '../../../../engine/expr/program.js';
import type { Frame } from '../../../../engine/frame/frame.js';
import { uniform } from '../information/series.js';
import { bars } from '../kit.js';
import { RUNS } from './calls.js';
import { reader } from './compare.js';
import { ITEM, type Subject, subjectGroups } from './subjects.js';
import { FIRST, type Tables, worldOf } from './world.js';

/*
 * An element-wise operator makes a row of that row alone: rows in another order give the same results in that order, and a
 * row by itself gives what it gave among others.
 */

const ROWS = 300;
const groups = subjectGroups(20).map((group) => ({
  ...group,
  subjects: group.subjects.filter((s) => rowByRow(s.column.node)),
  item: worldOf(group.facts, ROWS).get(ITEM) ?? {},
}));

/** Whether nothing but element-wise operators stands over columns of the item. */
function rowByRow(node: Node): boolean {
  if (node.kind === 'column') return node.table === 'self';
  if (node.kind !== 'op') return true;
  return node.op.elementWise === true && node.inputs.every((i) => rowByRow(i.node));
}

/** The same cells in other rows: times stay where they are. */
function shuffled({ self, ...rest }: Tables, rows: readonly number[]): Tables {
  if (self === undefined) throw new Error('There are no bars.');
  const ts = { dtype: 'time', values: bars(rows.length, FIRST) } as const;
  return { ...rest, self: self.take(rows).with('ts', ts) };
}

function computed({ program, subjects }: (typeof groups)[number], tables: Tables): Frame {
  return evaluate(
    program,
    tables,
    subjects.map((s) => s.id),
    { symbol: ITEM, ...SHOWN },
  );
}

function order(seed: number): readonly number[] {
  const next = uniform(seed);
  const keyed = Array.from({ length: ROWS }, (_, row) => ({ row, key: next() }));
  return keyed.sort((a, b) => a.key - b.key).map(({ row }) => row);
}

/** The first row that came out otherwise than where it came from. */
function moved({ id, text }: Subject, one: Frame, other: Frame, rows: readonly number[]): string[] {
  const [a, b] = [reader(one.get(id)), reader(other.get(id))];
  const at = rows.findIndex((from, to) => !Object.is(a(from), b(to)));
  return at < 0 ? [] : [`${text} row ${rows[at]}: ${a(rows[at] ?? 0)} and ${b(at)}`];
}

describe('element-wise operators', () => {
  const orders = Array.from({ length: 3 * RUNS }, (_, i) => [`order ${i}`, order(i + 3)] as const);
  const alone = [0, 57, 152, 210, 299].map((row) => [`row ${row} alone`, [row]] as const);
  for (const [name, rows] of [...orders, ...alone])
    it(`give each row the same: ${name}`, () => {
      const faults = groups.flatMap((group) => {
        const one = computed(group, group.item);
        const other = computed(group, shuffled(group.item, rows));
        return group.subjects.flatMap((s) => moved(s, one, other, rows));
      });
      expect(faults).toEqual([]);
    });

  it('are all there, with values', () => {
    const known = new Set(
      groups.flatMap((group) => {
        const found = computed(group, group.item);
        return group.subjects.flatMap(({ id, operator }) => {
          const value = reader(found.get(id));
          return Array.from({ length: ROWS }, (_, row) => row).some((r) => value(r) !== undefined)
            ? [operator]
            : [];
        });
      }),
    );
    const all = [...operators.values()].filter((op) => op.elementWise === true);
    expect(all.map((op) => op.name).filter((name) => !known.has(name))).toEqual([]);
  });
});
