import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { abreast } from '../../../../engine/run/publish/abreast.js';

/** Steps that other work may take before this one ends. */
async function steps(count: number): Promise<void> {
  for (let step = 0; step < count; step++) await Promise.resolve();
}

describe('work on some things abreast', () => {
  it('gives what each gave in their order, and is never at more than two', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(9)), async (lengths) => {
        let [now, most] = [0, 0];
        const ended = await abreast([...lengths.entries()], async ([at, length]) => {
          now += 1;
          most = Math.max(most, now);
          await steps(length);
          now -= 1;
          return at;
        });
        expect(ended).toEqual(lengths.map((_, value) => ({ status: 'fulfilled', value })));
        expect(most).toBe(Math.min(2, lengths.length));
      }),
    );
  });

  it('begins no other once one has failed, and waits for the one beside it', async () => {
    const begun: number[] = [];
    let done = false;
    const ended = await abreast([0, 1, 2, 3], async (thing) => {
      begun.push(thing);
      if (thing === 1) throw new Error('full');
      await steps(20);
      done = true;
    });
    expect(begun).toEqual([0, 1]);
    expect(done).toBe(true);
    expect(ended.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  });
});
