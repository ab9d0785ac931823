import { describe, expect, it } from '@jest/globals';
import { parseFormula } from '../../../engine/expr/index.js';
import { mentionsOf } from '../../../engine/expr/mentions.js';
import { composedOperators } from '../../../engine/sdk/composed.js';
import { installFormulas } from '../../kit/specs.js';

installFormulas();

function mentioned(text: string): readonly string[] {
  const place = (offset: number, length: number) => ({
    file: 'f',
    line: 1,
    col: offset + 1,
    length,
  });
  const { tree } = parseFormula(text, place);
  if (!tree) throw new Error(`${text} is no formula`);
  return mentionsOf(tree, composedOperators()).map((m) => `${m.kind} ${m.name} ${m.place.col}`);
}

describe('what a formula looks at', () => {
  it.each([
    ['close > lag(rv_96, 3)', ['name close 1', 'name rv_96 13']],
    ['asof(funding.rate) > 0 and spot.close > 1', ['table funding 6', 'table spot 28']],
    ['arrives(funding)', ['table funding 1']],
    ['BTCUSDT.close / ETHUSDT.close', ['symbol BTCUSDT 1', 'symbol ETHUSDT 17']],
    ['hour in [0, 8] and not (weekday == 6)', ['time hour 1', 'time weekday 25']],
    ['xs_mean(ret_1, others=true)', ['section xs_mean 1', 'name ret_1 9']],
    ['xs_rank(ret_1, ties=min)', ['section xs_rank 1', 'name ret_1 9']],
    ["if(symbol == 'AAA', [1, -2], 3)", ['name symbol 4']],
  ])('%s', (text, found) => expect(mentioned(text)).toEqual(found));

  it('looks into composed operators, whose arguments and clauses are their own, and shows where they are called', () => {
    expect(mentioned('1 + atr(14)')).toEqual(
      expect.arrayContaining(['name high 5', 'name close 5']),
    );
    expect(mentioned('rises(x)')).toEqual(['name x 7']);
    expect(mentioned('typical_price')).toEqual(
      expect.arrayContaining(['name high 1', 'name low 1']),
    );
    expect(mentioned('xs_zscore(ret_1)')).toEqual(expect.arrayContaining(['section xs_mean 1']));
  });
});
