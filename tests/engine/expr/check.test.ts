import { describe, expect, it } from '@jest/globals';
import { Refusal } from '../../../engine/diag/refusal.js';
import {
  type CheckPort,
  checkReads,
  evaluateCheck,
  parseCheck,
} from '../../../engine/expr/check.js';
import { foundBy } from '../../../engine/expr/found.js';
import { Frame } from '../../../engine/frame/frame.js';
import { locate, parse } from './kit.js';

function tablePort(frame: Frame): CheckPort {
  return {
    kind: 'frame',
    rows: frame.length,
    names: frame.names,
    column: (name) => (frame.has(name) ? frame.get(name) : undefined),
  };
}

const bars = tablePort(
  Frame.of({
    close: [1, 2, Number.NaN, 4],
    up: [true, true, null, false],
    name: ['a', 'b', 'b', null],
  }),
);
const ports: Readonly<Record<string, CheckPort>> = {
  bars,
  empty: tablePort(
    Frame.of({ close: new Float64Array(0), up: { dtype: 'bool', values: new Uint8Array(0) } }),
  ),
  missing_share: { kind: 'scalar', value: 0.25 },
  unknown: { kind: 'scalar', value: null },
  symbol: { kind: 'scalar', value: '1d' },
  settings: { kind: 'json', value: { train: 60, ok: true, name: 'fast', deep: { a: 1 } } },
  folds: { kind: 'many', ports: [bars, tablePort(Frame.of({ close: [9] }))] },
  shares: {
    kind: 'many',
    ports: [
      { kind: 'scalar', value: 0.1 },
      { kind: 'scalar', value: 0.4 },
    ],
  },
};

describe('check formulas', () => {
  const cases: readonly (readonly [text: string, gives: number | boolean | string | null])[] = [
    ['rows(bars) > 0', true],
    ['rows(empty)', 0],
    ['missing_share < 0.05', false],
    ['missing_share < 0.5 and rows(bars) == 4', true],
    ['share(bars.close > 1)', 2 / 3],
    ['share(empty.close > 1)', null],
    ['sum(bars.close)', 7],
    ['mean(bars.close ^ 2)', 7],
    ['max(bars.close) - min(bars.close)', 3],
    ['max(1, missing_share)', 1],
    ['sum(empty.close)', 0],
    ['max(empty.close)', null],
    ['any(bars.close > 3)', true],
    ['all(bars.close > 3)', false],
    ['all(bars.up or bars.close > 0)', null],
    ['all(empty.up)', true],
    ['any(empty.up)', false],
    ['last(bars.close)', 4],
    ['last(bars.name)', null],
    ["any(bars.name == 'b')", true],
    ['share(bars.close > missing_share * 8)', 1 / 3],
    ['settings.train >= 60 and settings.ok', true],
    ["settings.name == 'fast'", true],
    ["symbol == '1d'", true],
    ["symbol in ['1d', '4h']", true],
    ['unknown > 1', null],
    ['unknown > 1 or true', true],
    ['rows(folds)', 5],
    ['max(folds.close)', 9],
    ['max(shares)', 0.4],
    ['all(shares < 0.3)', false],
    ['if(missing_share > 0, 1, 2) * -3', -3],
    ['clip(x=missing_share, low=0, high=rows(empty))', 0],
    ['sum(bars.close) / rows(empty)', null],
    ['share(bars.close / rows(empty) > 1)', null],
    ['max(bars.close - mean(bars.close))', 5 / 3],
    ['share(bars.close >= max(bars.close) and rows(bars) == 4)', 1 / 3],
    ['log(rows(empty)) > 1 or rows(bars) > 1', true],
    ['all(bars.close > lag(bars.close, 1) or not known(lag(bars.close, 1)))', null],
  ];
  for (const [text, gives] of cases)
    it(text, () => {
      const found = evaluateCheck(parse(text), ports);
      if (typeof gives === 'number') expect(found).toBeCloseTo(gives, 12);
      else expect(found).toBe(gives);
    });

  const refused: readonly (readonly [text: string, code: string])[] = [
    ['bars > 1', 'check/frame-bare'],
    ['rows(nope)', 'check/unknown-port'],
    ['nope < 1', 'check/unknown-port'],
    ['settings.deep == 1', 'check/not-scalar'],
    ['settings.none == 1', 'check/no-field'],
    ['settings.constructor_ == 1', 'check/no-field'],
    ['missing_share.x', 'check/no-field'],
    ['rows(missing_share)', 'check/no-table'],
    ['rows(1 + 1)', 'check/rows-of'],
    ['sum(bars.name)', 'check/reduces'],
    ['share(bars.close)', 'check/reduces'],
    ['sum(missing_share)', 'check/no-rows'],
    ['sum(bars.nope)', 'check/no-column'],
    ['missing_share and true', 'expr/type'],
    ['max(ahead(bars.close, 1))', 'expr/looks-ahead'],
    ['sum(xs_mean(bars.close))', 'expr/universe-here'],
    ['sum(lag(bars.close, -1))', 'expr/out-of-range'],
  ];
  for (const [text, code] of refused)
    it(`${text}: ${code}`, () => {
      expect(() => evaluateCheck(parse(text), ports)).toThrow(Refusal);
      expect(() => evaluateCheck(parse(text), ports)).toThrow(code);
    });

  it.each([
    ['rows(bars) > 1000', ['rows(bars) = 4']],
    ['missing_share < 0.05 and rows(empty) > 0', ['missing_share = 0.25', 'rows(empty) = 0']],
    [
      'mean(bars.close) / 3 > max(bars.close)',
      ['mean(bars.close) = 2.33333', 'max(bars.close) = 4'],
    ],
    ['share(bars.close > missing_share) > 2', ['share(bars.close > missing_share) = 1']],
    ['unknown > 1 or unknown < 0', ['unknown = missing']],
    ["settings.name == 'slow' and max(shares) < 0", ['settings.name = fast', 'max(shares) = 0.4']],
    ['not all(bars.close > 0)', ['all(bars.close > 0) = missing']],
  ])('%s tells what it found', (text, found) => {
    expect(foundBy(parse(text), ports)).toEqual(found);
  });

  it('refuse at once what is wrong whatever is measured', () => {
    const told = (text: string) =>
      parseCheck(text, locate).problems.map((p) => [p.code, p.place?.col]);
    expect(told('rows(bars) > 1 / 0')).toEqual([['expr/argument', 14]]);
    expect(told("x < 'a' + 1 or log(0) > y")).toEqual([
      ['expr/type', 5],
      ['expr/no-value', 16],
    ]);
    expect(told('rows(bars) / rows(empty) > -1 and symbol in [1, 2]')).toEqual([]);
    expect(told('share(x.y > 2 * 3) < if(true, 1, missing)')).toEqual([]);
  });

  it('say what they read', () => {
    const reads = checkReads(
      parse('rows(bars) > 0 and share(bars.close > 1) > x and settings.train > 1'),
    );
    expect([...reads]).toEqual([
      ['bars', ['close']],
      ['x', []],
      ['settings', ['train']],
    ]);
  });
});
