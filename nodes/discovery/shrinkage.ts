import { defineNode, Frame, t, textColumn } from '../../engine/sdk/index.js';
import { type Believed, type Level, type Shrinking, shrinkTree } from '../math/hierarchy.js';
import { normalCdf } from '../math/normal.js';
import { studentSf } from '../math/tails.js';
import { effects, strengths, tests } from '../ports.js';
import { treesOf } from './shrinkage/trees.js';

/*
 * 1. Tests that could be told apart only by their event, state and symbol are one tree: one template, direction and horizon,
 *    pooled over symbols or symbol by symbol. The two are apart because they are made of the same trades.
 * 2. In a tree, families and events are summed up over tests without a state, whose trades those with a state repeat; states over
 *    tests with one. So no trade counts twice in any sum.
 * 3. Each test is pulled towards its state, that towards its event, family and all. How hard is learnt from how far the children
 *    of one parent are apart, over the whole run at once.
 * 4. A test that is alone in its event or state is that event or state: pulled once more, its own trades would count twice.
 *    One state of an event has no siblings to learn from either, but its event is not made of its trades: the fixed strength.
 */

/** The levels, from the top; `test` is the one that gates and ranks read. */
const LEVELS = ['event', 'family', 'state', 'test'] as const;

export default defineNode({
  type: 'discovery.shrinkage',
  doc: 'Pull the effect of every test towards those of its kind. What comes out serves economics and rank; p-values never see it.',
  source:
    'Bühlmann & Gisler (2005), A Course in Credibility Theory, section 4.8; Efron & Morris (1975), JASA 70(350)',
  time: 'fit',

  in: { tests },
  out: { effects, strengths },
  params: {
    adaptive: t.boolean({
      default: true,
      doc: 'Learn how hard to pull; else the fixed strengths.',
    }),
    fixed: t.record(
      {
        family: t.number({ min: 0, doc: 'Of all on a family.' }),
        event: t.number({ min: 0, doc: 'Of a family on an event.' }),
        state: t.number({ min: 0, doc: 'Of an event on a state, and on a test.' }),
      },
      {
        default: { family: 1000, event: 300, state: 100 },
        doc: 'Occurrences a parent counts for while there is too little to learn from.',
      },
    ),
    least: t.number({ default: 5, above: 0, doc: 'Least strength that is learnt.' }),
    most: t.number({ default: 5000, above: 0, doc: 'Most.' }),
    enough: t.integer({
      default: 200,
      min: 1,
      unit: 'count',
      doc: 'Occurrences below which nothing is learnt.',
    }),
  },
  reads: () => ({
    tests: [
      ...['id', 'family', 'event', 'template', 'direction', 'horizon', 'symbol', 'state'],
      ...['effective', 'gross', 'spread', 'cost', 'days'],
    ],
  }),

  run({ tests }, { adaptive, fixed, least, most, enough }) {
    const learning = { between: 'moments', limits: [least, most], enough, floor: 0 } as const;
    const how: Shrinking = {
      learning: adaptive ? learning : undefined,
      fixed,
      sparse: 'fixed',
      disjoint: true,
    };
    const found = new Map<number, Believed>();
    for (const { rows, leaves, alone } of treesOf(tests)) {
      shrinkTree(leaves, how).forEach((believed, k) => {
        const conditioned = leaves[k]?.state !== undefined;
        const leaf = alone[k] ? groupOf(believed, conditioned) : believed.leaf;
        found.set(rows[k] ?? -1, { ...believed, leaf });
      });
    }
    return { effects: effectsOf(tests, found), strengths: strengthsOf(tests, found) };
  },
});

/** What a test that is alone in its group is worth. */
function groupOf({ event, state, leaf }: Believed, conditioned: boolean): Level {
  if (!conditioned) return event;
  return state.strength.status === 'single_child' ? leaf : state;
}

type Found = ReadonlyMap<number, Believed>;

function effectsOf(tests: Frame, found: Found): Frame {
  const n = tests.length;
  const [gross, weight] = [missing(n), missing(n)];
  const [posterior, shrunkP] = [missing(n), missing(n)];
  const [cost, spread] = [tests.column('cost'), tests.column('spread')];
  const [effective, days] = [tests.column('effective'), tests.column('days')];
  for (const [row, { leaf }] of found) {
    const after = leaf.effect - (cost[row] ?? NaN);
    const error = (spread[row] ?? NaN) / Math.sqrt(effective[row] ?? NaN);
    gross[row] = leaf.effect;
    weight[row] = leaf.weight;
    posterior[row] = normalCdf(after / (error * Math.sqrt(leaf.weight)));
    shrunkP[row] = studentSf(after / error, (days[row] ?? NaN) - 1);
  }
  const id = textColumn(tests.texts('id'));
  return Frame.of({ id, gross, weight, posterior, p_shrunk: shrunkP });
}

function strengthsOf(tests: Frame, found: Found): Frame {
  const ids = tests.texts('id');
  const rows = [...found.keys()].sort((a, b) => a - b);
  const all = rows.flatMap((row) => {
    const believed = found.get(row);
    return believed
      ? LEVELS.map((level) => ({ id: ids[row] ?? '', level, ...levelOf(believed, level) }))
      : [];
  });
  return Frame.of({
    id: textColumn(all.map((r) => r.id)),
    level: textColumn(all.map((r) => r.level)),
    effect: Float64Array.from(all, (r) => r.effect),
    weight: Float64Array.from(all, (r) => r.weight),
    lambda: Float64Array.from(all, (r) => r.strength.lambda),
    status: textColumn(all.map((r) => r.strength.status)),
  });
}

function levelOf(believed: Believed, level: (typeof LEVELS)[number]): Level {
  return level === 'test' ? believed.leaf : believed[level];
}

function missing(n: number): Float64Array {
  return new Float64Array(n).fill(Number.NaN);
}
