import { describe, expect, it } from '@jest/globals';
import { readContract } from '../../../engine/frame/contract.js';
import { Frame } from '../../../engine/frame/frame.js';
import { cutsOf } from '../../../engine/pit/cuts.js';
import type { Table } from '../../../engine/pit/subject.js';
import { stream } from '../../../engine/sdk/random.js';

const { contract } = readContract({
  contract: 'ticks',
  columns: { ts: { type: 'time' }, price: { type: 'f64', nullable: true } },
  sort: 'ts',
  spacing: '1m',
  available: { column: 'ts', plus: '1m' },
});

function table(label: string): Table {
  if (!contract) throw new Error('The contract is wrong.');
  const ts = Float64Array.from({ length: 5000 }, (_, i) => 1_704_067_200_000 + i * 60_000);
  const price = ts.map((_, i) => (i > 3000 && i < 3040 ? Number.NaN : i));
  return {
    port: 'bars',
    label,
    frame: Frame.of({ ts: { dtype: 'time', values: ts }, price }),
    contract,
  };
}

describe('where the future is taken away', () => {
  for (const symbols of [1, 4, 30])
    it(`edges of every kind, and any row, with ${symbols} tables`, () => {
      const tables = Array.from({ length: symbols }, (_, i) => table(`S${i}`));
      const why = cutsOf(tables, 16, stream([1, 2])).map((cut) => cut.why);
      expect(why.length).toBe(16);
      for (const kind of [
        /row of bars/,
        /gap in/,
        /first row|last row/,
        /the hour/,
        /the day/,
        /any row/,
      ])
        expect(why.filter((w) => kind.test(w)).length).toBeGreaterThan(0);
    });
});
