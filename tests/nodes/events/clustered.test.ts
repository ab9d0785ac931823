import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import quality from '../../../nodes/events/quality.js';
import { runNode } from '../../kit/node.js';
import { BOUNDS } from './bounds.js';
import { bars, E, every, log } from './gate-kit.js';

const fires = fc.uniqueArray(
  fc.record({ row: fc.nat(150), symbol: fc.constantFrom('AAA', 'BBB') }),
  { selector: (r) => `${r.row} ${r.symbol}`, maxLength: 60 },
);
const near = fc.integer({ min: 1, max: 7 });
type Fire = { readonly row: number; readonly symbol: string };
/** Those that no kept one before them holds back. */
function thinned(seen: readonly Fire[], cooldown: number): readonly Fire[] {
  const kept: Fire[] = [];
  for (const one of [...seen].sort((a, b) => a.row - b.row)) {
    if (kept.some((k) => k.symbol === one.symbol && one.row < k.row + cooldown)) continue;
    kept.push(one);
  }
  return kept;
}
const next = (kept: readonly Fire[], { row, symbol }: Fire) =>
  kept.find((other) => other.symbol === symbol && other.row > row);

describe('distances that are hardly longer than the cooldown', () => {
  it.each([
    // Without a cooldown: no more than 5 bars, as the reference has it.
    ['1b', 1, true],
    ['1b', 5, true],
    ['1b', 6, false],
    // It may be there again after 6 bars, and the fifth of those bars is the tenth.
    ['6b', 6, true],
    ['6b', 10, true],
    ['6b', 11, false],
    ['96b', 100, true],
    ['96b', 101, false],
  ])(
    'a cooldown of %s and an occurrence every %i bars: clustered is %p',
    async (cooldown, distance, refused) => {
      const specs = [{ ...E, cooldown, prevalence: { per_10k_bars: [0, 10_000] } }];
      const ins = { events: log(every(distance, 51)), bars: [bars(6000)] };
      const { outs } = await runNode(quality, ins, { specs, quality: BOUNDS });
      const reasons = refused ? ['clustered: 1 > 0.2'] : [];
      expect(outs.verdicts).toMatchObject([{ clustered: refused ? 1 : 0, reasons }]);
    },
  );

  it('is told and not judged with fewer than 50 of them', async () => {
    const ins = { events: log(every(6, 50)), bars: [bars(6000)] };
    const { outs } = await runNode(quality, ins, { specs: [E], quality: BOUNDS });
    expect(outs.verdicts).toMatchObject([{ clustered: 1, reasons: [] }]);
  });

  it.each([
    [25, 50, []],
    [26, 52, ['clustered: 1 > 0.2']],
  ])(
    'counts them and not occurrences: of two symbols with %i each there are 2 fewer than %i',
    async (own, count, reasons) => {
      const seen = ['AAA', 'BBB'].flatMap((symbol) => every(6, own, { symbol }));
      const ins = { events: log(seen), bars: [bars(6000), bars(6000, [], 'BBB')] };
      const { outs } = await runNode(quality, ins, { specs: [E], quality: BOUNDS });
      expect(outs.verdicts).toMatchObject([{ count, clustered: 1, reasons }]);
    },
  );

  it('tells a share that is hardly above the bound with as many digits as that takes', async () => {
    // 1002 of 5000 distances: 0.2004.
    const near = every(6, 1002);
    const far = every(20, 3999).map(({ row }) => ({ row: row + 1002 * 6 }));
    const specs = [{ ...E, prevalence: { per_10k_bars: [0, 10_000] } }];
    const ins = { events: log([...near, ...far]), bars: [bars(90_000)] };
    const { outs } = await runNode(quality, ins, { specs, quality: BOUNDS });
    expect(outs.verdicts).toMatchObject([{ reasons: ['clustered: 0.2004 > 0.2'] }]);
  });

  it('what is clustered is what walking the bars after each occurrence says', async () => {
    await fc.assert(
      fc.asyncProperty(
        fires,
        fc.integer({ min: 1, max: 9 }),
        near,
        async (seen, cooldown, near) => {
          const kept = thinned(seen, cooldown);
          const specs = [{ ...E, cooldown: `${cooldown}b` }];
          const { outs } = await runNode(
            quality,
            { events: log(kept), bars: [bars(200), bars(200, [], 'BBB')] },
            { specs, quality: { ...BOUNDS, near } },
          );
          const followed = kept.filter((one) => next(kept, one) !== undefined);
          const soon = followed.filter((one) => {
            const free = one.row + cooldown;
            const first = Array.from({ length: near }, (_, i) => free + i);
            return first.some((row) => row === next(kept, one)?.row);
          });
          const share = followed.length === 0 ? null : soon.length / followed.length;
          expect(outs.verdicts).toMatchObject([{ clustered: share }]);
        },
      ),
    );
  });
});
