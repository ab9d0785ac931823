import { describe, expect, it } from '@jest/globals';
import { textColumn } from '../../../engine/sdk/index.js';
import expectancy from '../../../nodes/discovery/expectancy.js';
import { frameOf } from '../../kit/chain.js';
import { hypotheses } from '../../kit/hypotheses.js';
import { runNode } from '../../kit/node.js';
import { decisionsOf, eventsOf, free, targetsOf, world } from '../../kit/research.js';

const small = world(3, { days: 30, symbols: 2, events: ['E'], rate: 4 });
const events = eventsOf(small);
const decisions = decisionsOf(events);
const targets = targetsOf(small);
const _ins = { decisions, targets, hypotheses };
const one = hypotheses.slice(0, 1);

async function testOf(more: object, rows = one) {
  const ins = { decisions, targets, hypotheses: rows, ...more };
  const { outs } = await runNode(expectancy, ins, { cost: free });
  return [...frameOf(outs, 'tests').rows()];
}

describe('filters and shapes of outcomes', () => {
  it('a filter is tested against what it leaves out, and trades what it keeps', async () => {
    const filtered = decisionsOf(events, ['continuation'], (row) => row % 3 > 0);
    const filter = one
      .with('template', ['only_if(continuation)'])
      .with('base', textColumn(['continuation']))
      .with('judged', ['lift']);
    const [row] = await testOf({ decisions: filtered }, filter);
    const [base] = await testOf({ decisions: filtered }, one);
    expect(Number(row?.n)).toBeLessThan(Number(base?.n));
    expect(row?.mean).not.toBe(base?.mean);
    expect(Math.abs(Number(row?.t))).toBeLessThan(4);
    expect(Number(row?.p)).toBeGreaterThan(1e-4);
    const all = decisionsOf(events, ['continuation'], () => true);
    expect((await testOf({ decisions: all }, filter))[0]?.p).toBeNull();
  });

  it.each(['tail', 'adverse', 'hits', 'upside'])(
    '%s is a statistic of its own, the same twice',
    async (judged) => {
      const filtered = decisionsOf(events, ['continuation'], (row) => row % 2 > 0);
      const paths = targets.map(({ at, value }) => ({
        at,
        value: value
          .with(
            'up',
            value.column('forward_3').map((x) => Math.max(x, 0) + 0.0005),
          )
          .with(
            'down',
            value.column('forward_3').map((x) => Math.min(x, 0) - 0.0005),
          )
          .with(
            'range',
            value.column('forward_3').map(() => 0.001),
          ),
      }));
      const filters = judged === 'tail' || judged === 'adverse';
      const rows = one
        .with('template', [filters ? 'only_if(continuation)' : 'continuation'])
        .with('base', textColumn([filters ? 'continuation' : null]))
        .with('judged', [judged])
        .with('up', textColumn(['up']))
        .with('down', textColumn(['down']))
        .with('range', textColumn(['range']));
      const ask = { decisions: filtered, targets: paths };
      const [found] = await testOf(ask, rows);
      const [plain] = await testOf(ask, rows.with('judged', ['mean']));
      expect(found).toEqual((await testOf(ask, rows))[0]);
      expect(found?.mean).toBe(plain?.mean);
      if (filters) expect(Number(found?.p)).toBeGreaterThanOrEqual(Number(plain?.p));
      else expect(found?.t).not.toBe(plain?.t);
      expect(Math.abs(Number(found?.t))).toBeLessThan(4);
    },
  );

  describe.each(['tail', 'adverse'])('a filter judged by %s', (judged) => {
    const calm = (row: number) => row % 2 > 0;
    const filtered = decisionsOf(events, ['continuation'], calm);
    const rows = one
      .with('template', ['only_if(continuation)'])
      .with('base', textColumn(['continuation']))
      .with('judged', [judged])
      .with('up', textColumn(['up']))
      .with('down', textColumn(['down']));
    /** Outcomes of decisions by whether the filter keeps them; the worst on the way is thrice the outcome. */
    const outcomes = (of: (kept: boolean, i: number) => number) => {
      const kept = filtered.flags('kept');
      const told = new Map<string, number>();
      for (let i = 0; i < filtered.length; i += 1) {
        if (filtered.texts('template')[i] !== 'only_if(continuation)') continue;
        const key = `${filtered.texts('symbol')[i]} ${filtered.time('ts')[i]}`;
        told.set(key, (filtered.column('side')[i] ?? 0) * of(kept[i] === 1, i));
      }
      return targets.map(({ at, value }) => {
        const ts = value.time('ts');
        const values = value
          .column('forward_3')
          .map((_, row) => told.get(`${at.symbol} ${ts[row]}`) ?? 0);
        const reach = values.map((x) => 3 * Math.abs(x));
        const paths = value.with('forward_3', values).with('up', reach);
        return {
          at,
          value: paths.with(
            'down',
            reach.map((x) => -x),
          ),
        };
      });
    };
    const asked = async (of: (kept: boolean, i: number) => number) => {
      const ask = { decisions: filtered, targets: outcomes(of) };
      const [found] = await testOf(ask, rows);
      const [plain] = await testOf(ask, rows.with('judged', ['mean']));
      return [Number(found?.p), Number(plain?.p)] as const;
    };
    const noise = (i: number) => Math.sin(12.9898 * i) / 100;

    it('that only makes losses smaller is no find', async () => {
      const [p, mean] = await asked((kept, i) => (kept ? noise(i) / 20 : 5 * noise(i)));
      expect(mean).toBeGreaterThan(0.05);
      expect(p).toBe(mean);
    });

    it('that earns and lowers no risk is none either', async () => {
      const [p, mean] = await asked((_, i) => 0.004 + noise(i));
      expect(mean).toBeLessThan(1e-6);
      expect(p).toBeGreaterThan(0.05);
    });

    it('that earns with smaller losses is one', async () => {
      const [p] = await asked((kept, i) => (kept ? 0.001 + noise(i) / 20 : 5 * noise(i)));
      expect(p).toBeLessThan(1e-3);
    });
  });
});
