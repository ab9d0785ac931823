import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import registry from '../../../nodes/events/registry.js';
import { repeat } from '../../kit/frame.js';
import { filled, runNode, shapesOf } from '../../kit/node.js';
import { frameAt } from '../../kit/real.js';
import { installFormulas } from '../../kit/specs.js';

import { every, FIVE, jump, symbol, ts } from './toy-events.js';

installFormulas();

describe('events.registry before data exist', () => {
  const column = (name: string) => ({ name, dtype: 'f64', taint: 'feature', delay: 0 }) as const;
  const time = { ...column('ts'), dtype: 'time' } as const;
  const shape = { columns: [time, column('x'), column('y'), column('z')] };

  it('reads only what the rule names', () => {
    const reads = registry.reads?.(filled(registry, { event: every }), { features: shape });
    expect(reads).toEqual({
      features: ['ts', 'x', 'y'],
      context: ['symbol', 'ts'],
      funding: ['ts'],
    });
  });

  it('tells of the wire that is missing where a feature across symbols may be meant', () => {
    const own = { columns: [time, column('y')] };
    const hintsOf = (ports: Parameters<typeof shapesOf>[1]) =>
      shapesOf(registry, ports, { event: jump }).problems.map((p) => [p.code, p.hint]);
    const wire = expect.stringContaining('needs `context: STAGE.context`');
    expect(hintsOf({ features: own })).toContainEqual(['expr/unknown-name', wire]);
    const both = hintsOf({ features: own, context: { columns: [time, column('symbol')] } });
    expect(both.map(([code]) => code)).toContain('expr/unknown-name');
    expect(both).not.toContainEqual(['expr/unknown-name', wire]);
  });

  it('refuses what is not known at the bar', () => {
    const late = { columns: [time, { ...column('x'), delay: FIVE }] };
    const { problems } = shapesOf(registry, { features: late }, { event: jump });
    expect(problems.map((p) => p.code)).toContain('expr/delayed');
    const outcome = { columns: [time, { ...column('x'), taint: 'outcome' as const }] };
    const { problems: more } = shapesOf(registry, { features: outcome }, { event: jump });
    expect(more.map((p) => p.code)).toContain('expr/outcome');
  });
});

describe('occurrences', () => {
  it('up to a bar do not depend on what comes after it, and swapping symbols swaps their rows', async () => {
    const walk = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 30, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(walk, walk, fc.integer({ min: 1, max: 30 }), async (x, y, cut) => {
        const run = async (a: readonly number[], b: readonly number[]) => {
          const { outs } = await runNode(
            registry,
            { features: [symbol('AAA', a), symbol('BBB', b)] },
            { event: jump },
          );
          return [...frameAt(outs, 'events').rows()].map(
            (r) => `${r.symbol} ${r.ts} ${r.direction}`,
          );
        };
        const lead = repeat([0], 3);
        const [p, q] = [
          [...lead, ...x],
          [...lead, ...y],
        ];
        const whole = await run(p, q);
        const until = (rows: readonly string[]) =>
          rows.filter((r) => Number(r.split(' ')[1]) < ts(cut));
        expect(until(await run(p.slice(0, cut), q.slice(0, cut)))).toEqual(until(whole));
        const swapped = (await run(q, p)).map((r) =>
          r.startsWith('AAA') ? `BBB${r.slice(3)}` : `AAA${r.slice(3)}`,
        );
        expect([...swapped].sort()).toEqual([...whole].sort());
      }),
      { numRuns: 20, seed: 5 },
    );
  });
});
