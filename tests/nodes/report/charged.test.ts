import { describe, expect, it } from '@jest/globals';
import { chargedBlocks, sideSentence, spreadRule } from '../../../nodes/report/sections/charged.js';
import { costly, measuredOf, quoted } from '../../kit/research.js';

type Spec = Parameters<typeof sideSentence>[0];
const [declared, own] = [costly, quoted].map((cost) => cost as Spec);
const origin = (port: string) => ({ port, digest: 'd' });
const rowsOf = (measured: ReturnType<typeof measuredOf>) =>
  chargedBlocks(own as Spec, measured, origin).flatMap((block) =>
    block.kind === 'table' ? block.rows : [],
  );

describe('what a page says of costs', () => {
  it.each([
    ['as declared', declared, undefined, 'A trade costs 6.5 basis points a side.'],
    ['declared, whatever quotes say', declared, { A: 2 }, 'A trade costs 6.5 basis points a side.'],
    ['nobody measured', own, undefined, 'A trade costs 6.5 basis points a side.'],
    ['one book', own, { A: 2 }, 'A trade costs 8.0 basis points a side.'],
    [
      'books of different width, and none',
      own,
      { A: 2, B: 6, C: null },
      'A trade costs 6.5 … 12.0 basis points a side, by the quotes of each symbol.',
    ],
  ])('%s', (_name, cost, spreads, said) => {
    expect(sideSentence(cost as Spec, spreads && measuredOf(spreads as never))).toBe(said);
  });

  it('every symbol, with its spread and where that is from', () => {
    expect(rowsOf(measuredOf({ A: 2, B: null }))).toEqual([
      ['A', 'quotes', '2.00', '8.00', '288'],
      ['B', 'declared: there are no quotes', '0.50', '6.50', '0'],
    ]);
  });

  it('of several windows the range, and a window without quotes', () => {
    expect(rowsOf([...measuredOf({ A: 2 }), ...measuredOf({ A: 3 })])).toEqual([
      ['A', 'quotes', '2.00 … 3.00', '8.00 … 9.00', '288'],
    ]);
    expect(rowsOf([...measuredOf({ A: 2 }), ...measuredOf({ A: null })])[0]?.[1]).toBe(
      'quotes; declared: there are no quotes',
    );
  });

  it('names the symbols of a market without quotes, and what stands in', () => {
    const [block] = chargedBlocks(own as Spec, measuredOf({ A: null, B: null }), origin);
    expect(block).toMatchObject({ kind: 'paragraph' });
    expect(JSON.stringify(block)).toContain('no quotes of A, B: half the spread is the declared');
  });

  it('is silent where costs are declared for all', () => {
    expect(chargedBlocks(declared as Spec, measuredOf({ A: 2 }), origin)).toEqual([]);
    expect(spreadRule(declared as Spec)).toBe('0.5 (half spread)');
    expect(spreadRule(own as Spec)).toContain('own quotes');
  });
});
