import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import registry from '../../../nodes/events/registry.js';
import { frameOf } from '../../kit/chain.js';
import { runNode } from '../../kit/node.js';
import { installFormulas } from '../../kit/specs.js';
import { every, FIVE, NONE, symbol, ts } from './toy-events.js';

installFormulas();

/** What is told of the first rows: times of occurrences, and since when the event could be looked for. */
async function told(x: readonly number[], y: readonly number[], rows: number) {
  const { at, value } = symbol('AAA', x);
  const features = [{ at, value: value.with('y', Float64Array.from(y)) }];
  const { outs } = await runNode(registry, { features }, { event: every });
  const coverage = frameOf(outs, 'coverage');
  const known = coverage.flags('EVERY');
  return {
    at: Array.from(frameOf(outs, 'events').time('ts')).filter((t) => t < ts(rows)),
    turns: Array.from(coverage.time('ts'), (t, row) => [t, known[row]]).filter(
      ([t = NONE]) => t < ts(rows),
    ),
  };
}

/** `y` only gives the sign; until it is known once, nobody can tell a symbol that has none from one that is young. */
it('a column that becomes known later does not bring earlier occurrences into being', async () => {
  const row = fc.record({ x: fc.constantFrom(0, 2, NONE), y: fc.constantFrom(1, NONE, NONE) });
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 2, maxLength: 8 }), fc.nat(7), async (all, cut) => {
      const rows = 1 + (cut % all.length);
      const [x, y] = [all.map((r) => r.x), all.map((r) => r.y)];
      const whole = await told(x, y, rows);
      const part = await told(x.slice(0, rows), y.slice(0, rows), rows);
      expect(whole).toEqual(part);
    }),
    { numRuns: 60 },
  );
  expect((await told([2, 2, 2], [NONE, 1, NONE], 3)).at).toEqual([ts(1), ts(1) + FIVE]);
});
