import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Leaf, type Shrinking, shrinkTree } from '../../../nodes/math/hierarchy.js';
import { pooled, type Sample } from '../../../nodes/math/pool.js';
import {
  betweenVariance,
  type Learning,
  priorStrength,
  withinVariance,
} from '../../../nodes/math/prior-strength.js';
import { studentTwoSided } from '../../../nodes/math/tails.js';
import { EVENT_RESEARCH, expectClose, type Golden, golden } from './golden.js';

const LEARNING: Learning = {
  between: 'moments',
  limits: [5, 5000],
  enough: 200,
  floor: 1e-8,
  fallback: 100,
};

function sampleOf(item: Golden, n: string, mean: string, variance: string): Sample {
  return {
    n: item.at(n).number(),
    mean: item.at(mean).number(),
    variance: item.at(variance).number(),
  };
}

describe('strengths of the published code and with the noise taken out', () => {
  for (const item of golden('event-research', 'adaptive_lambda').at('cases').list()) {
    it(item.at('label').text(), () => {
      const children = item
        .at('children')
        .list()
        .map((c) => sampleOf(c, 'n', 'mean', 'var'));
      const params = item.at('params');
      const previous = params.has('prev') && {
        lambda: params.at('prev').number(),
        share: params.at('lambda_smoothing_alpha').number(),
        most: params.at('lambda_shock_cap_pct').number(),
      };
      const plugIn = { ...LEARNING, between: 'plug-in' } as const;
      const found = priorStrength(children, previous ? { ...plugIn, previous } : plugIn);
      expect(found.status).toBe(item.at('status').text());
      const all = pooled(children);
      const within = withinVariance(children);
      expectClose(
        [
          found.lambda,
          within,
          betweenVariance(children, all, within, plugIn),
          betweenVariance(children, all, within, LEARNING),
          priorStrength(children, LEARNING).lambda,
        ],
        ['lambda', 'sigma_within', 'sigma_between', 'tau2_unbiased', 'lambda_unbiased'].map((key) =>
          item.at(key).number(),
        ),
        EVENT_RESEARCH,
      );
    });
  }
});

describe('trees as published code shrinks them', () => {
  for (const item of golden('event-research', 'hierarchical_shrinkage').at('cases').list()) {
    it(item.at('label').text(), () => {
      const rows = item.at('rows').list();
      const leaves = rows.map(leafOf);
      const found = shrinkTree(leaves, howOf(item.at('params')));
      const want = item.at('expected').list();
      expect(found).toHaveLength(want.length);
      for (const [i, believed] of found.entries()) {
        const expected = want[i];
        const leaf = leaves[i];
        if (expected === undefined || leaf === undefined) throw new Error('sizes differ');
        const { n, variance } = leaf.sample;
        const t = Math.abs(believed.leaf.effect) / Math.sqrt(variance / n);
        const numbers: readonly (readonly [string, number])[] = [
          ['effect_shrunk_family', believed.family.effect],
          ['effect_shrunk_event', believed.event.effect],
          ['effect_shrunk_state_group', believed.state.effect],
          ['effect_shrunk_state', believed.leaf.effect],
          ['shrinkage_weight_family', believed.family.weight],
          ['shrinkage_weight_event', believed.event.weight],
          ['shrinkage_weight_state_group', believed.state.weight],
          ['shrinkage_weight_state', believed.leaf.weight],
          ['lambda_symbol_eff', believed.leaf.strength.lambda],
          ['p_value_shrunk', studentTwoSided(t, n - 1)],
        ];
        for (const [key, value] of numbers)
          expectClose(value, expected.at(key).number(), EVENT_RESEARCH, `${i} ${key}`);
        expect(believed.leaf.strength.status).toBe(expected.at('lambda_symbol_status').text());
      }
    });
  }
});

function leafOf(row: Golden): Leaf {
  const std = row.at('std_return').number();
  const state = row.at('state_id').text();
  return {
    family: row.at('canonical_family').text(),
    event: row.at('canonical_event_type').text(),
    state: state === '' ? undefined : state,
    sample: {
      n: row.at('effective_sample_size').number(),
      mean: row.at('expectancy').number(),
      variance: std * std,
    },
  };
}

function howOf(params: Golden): Shrinking {
  const fixed = {
    family: params.at('lambda_family').number(),
    event: params.at('lambda_event').number(),
    state: params.at('lambda_state').number(),
  };
  const learning = { ...LEARNING, between: 'plug-in' } as const;
  const learns = params.at('adaptive_lambda').value === true;
  return { learning: learns ? learning : undefined, fixed, sparse: 'none', disjoint: false };
}

const REPAIRED: Shrinking = {
  learning: LEARNING,
  fixed: { family: 1000, event: 300, state: 100 },
  sparse: 'fixed',
  disjoint: true,
};
const name = fc.constantFrom('A', 'B', 'C');
const leaf: fc.Arbitrary<Leaf> = fc.record({
  family: name,
  event: name,
  state: fc.option(name, { nil: undefined }),
  sample: fc.record({
    n: fc.integer({ min: 0, max: 900 }),
    mean: fc.double({ min: -0.01, max: 0.01, noNaN: true }),
    variance: fc.double({ min: 1e-8, max: 1e-3, noNaN: true }),
  }),
});
const grid = fc.array(leaf, { minLength: 1, maxLength: 25 });

describe('any tree', () => {
  it('believes nothing beyond what was found anywhere in it', () => {
    fc.assert(
      fc.property(grid, (leaves) => {
        const means = leaves.flatMap(({ sample }) => (sample.n > 0 ? [sample.mean] : []));
        const most = Math.max(0, ...means) + 1e-15;
        const least = Math.min(0, ...means) - 1e-15;
        for (const { leaf: own } of shrinkTree(leaves, REPAIRED)) {
          expect(own.effect).toBeLessThanOrEqual(most);
          expect(own.effect).toBeGreaterThanOrEqual(least);
          expect(own.weight).toBeGreaterThanOrEqual(0);
          expect(own.weight).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('does not depend on the order of its tests beyond rounding', () => {
    fc.assert(
      fc.property(grid, (leaves) => {
        const forth = shrinkTree(leaves, REPAIRED).map((b) => b.leaf.effect);
        const back = shrinkTree(leaves.toReversed(), REPAIRED).map((b) => b.leaf.effect);
        expectClose(back.toReversed(), forth, { abs: 1e-12, rel: 1e-6 });
      }),
    );
  });

  it('leaves families and events alone when a state is added, if its trades are those of a test without', () => {
    fc.assert(
      fc.property(grid, (leaves) => {
        const plain = leaves.filter(({ state }) => state === undefined);
        const whole = shrinkTree(
          [...plain, ...leaves.filter((l) => l.state !== undefined)],
          REPAIRED,
        );
        for (const [i, believed] of shrinkTree(plain, REPAIRED).entries()) {
          expect(whole[i]?.event).toEqual(believed.event);
          expect(whole[i]?.leaf).toEqual(believed.leaf);
        }
      }),
    );
  });
});

describe('with little to learn from', () => {
  const few = (n: number): Leaf => ({
    family: 'F',
    event: 'E',
    state: undefined,
    sample: { n, mean: 0.001, variance: 1e-4 },
  });

  it('the least data get the fixed strength, not none', () => {
    const [believed] = shrinkTree([few(10), few(20)], REPAIRED);
    expect(believed?.family.strength).toEqual({ lambda: 1000, status: 'insufficient_data' });
    expect(believed?.leaf.strength).toEqual({ lambda: 100, status: 'insufficient_data' });
    expect(believed?.leaf.weight).toBe(10 / 110);
  });

  it('a test without an observation is worth what its event is', () => {
    const believed = shrinkTree([few(500), few(0)], REPAIRED);
    expect(believed[1]?.leaf.effect).toBe(believed[1]?.event.effect);
    expect(believed[1]?.leaf.weight).toBe(0);
  });
});
