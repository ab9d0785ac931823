import { describe, expect, it } from '@jest/globals';
import type { Json } from '../../../engine/diag/data.js';
import {
  type Contract,
  check,
  readContract,
  describe as tell,
} from '../../../engine/frame/contract.js';
import { milliseconds } from '../../../engine/frame/duration.js';
import { clock, frame } from '../../kit/frame.js';

const BARS: Json = {
  contract: 'bars',
  doc: 'Bars of one symbol.',
  columns: {
    ts: 'time',
    close: { type: 'f64', unit: 'usd', above: 0 },
    volume: { type: 'f64', min: 0, max: 1e9, nullable: true },
    trades: { type: 'f64', whole: true, optional: true },
    symbol: 'text',
    gap: { type: 'bool', nullable: true },
  },
  entity: 'symbol',
  sort: ['symbol', 'ts'],
  unique: ['symbol', 'ts'],
  spacing: '5m',
  available: { column: 'ts', plus: '5m' },
};

function contract(json: Json): Contract {
  const { contract: read, problems } = readContract(json);
  if (!read) throw new Error(JSON.stringify(problems));
  return read;
}

const good = {
  ts: clock(3),
  close: [1, 2, 3],
  volume: [0, Number.NaN, 5],
  symbol: ['A', 'A', 'A'],
  gap: [true, null, false],
};

describe('readContract', () => {
  it('reads what the YAML says', () => {
    const bars = contract(BARS);
    expect(bars).toMatchObject({
      name: 'bars',
      entity: ['symbol'],
      sort: ['symbol', 'ts'],
      spacing: { column: 'ts', every: 300_000 },
      available: { kind: 'after', column: 'ts', plus: 300_000 },
    });
    expect(bars.columns.get('ts')).toMatchObject({
      dtype: 'time',
      nullable: false,
      optional: false,
    });
  });

  it.each([
    ['a text', { column: 'why', is: 'absent' }],
    ['a number', { column: 'share', is: 0 }],
  ])('knows rows that are not there by %s', (_, absent) => {
    const columns = { why: 'text', share: 'f64' };
    expect(contract({ contract: 'x', columns, absent }).absent).toEqual(absent);
  });

  it.each([
    ['events', 'events', { kind: 'events' }],
    ['window', 'window', { kind: 'window' }],
    ['a date column', { static: 't' }, { kind: 'static', column: 't' }],
    ['a column at once', { column: 't' }, { kind: 'after', column: 't', plus: 0 }],
  ])('knows rows by %s', (_, available, expected) => {
    expect(contract({ contract: 'x', columns: { t: 'time' }, available }).available).toEqual(
      expected,
    );
  });

  it.each<[string, Json, string, object]>([
    ['no map', 7, 'contract/wrong-value', { found: 7 }],
    ['no columns', { contract: 'x' }, 'contract/wrong-value', { key: 'columns', found: 'absent' }],
    ['no name', { columns: {} }, 'contract/wrong-value', { key: 'contract' }],
    [
      'an unknown key',
      { contract: 'x', columns: {}, sorted: 'ts' },
      'contract/unknown-key',
      { key: 'sorted' },
    ],
    [
      'an unknown type',
      { contract: 'x', columns: { a: 'float' } },
      'contract/wrong-value',
      { key: 'columns.a.type', found: 'float' },
    ],
    [
      'bounds of a text',
      { contract: 'x', columns: { a: { type: 'text', min: 1 } } },
      'contract/no-bounds',
      { column: 'a', key: 'min' },
    ],
    [
      'empty bounds',
      { contract: 'x', columns: { a: { type: 'f64', min: 2, max: 1 } } },
      'contract/empty-bounds',
      { min: 2, max: 1 },
    ],
    [
      'a nullable time',
      { contract: 'x', columns: { a: { type: 'time', nullable: true } } },
      'contract/wrong-value',
      { key: 'columns.a.nullable' },
    ],
    [
      'absence told by no text',
      { contract: 'x', columns: { a: 'text' }, absent: { column: 'a', is: 0 } },
      'contract/wrong-value',
      { key: 'absent.is', found: 0 },
    ],
    [
      'absence told by an unknown column',
      { contract: 'x', columns: { fault: 'text' }, absent: { column: 'falt', is: 'absent' } },
      'contract/unknown-column',
      { key: 'absent.column', column: 'falt' },
    ],
    [
      'silence of a number',
      { contract: 'x', columns: { a: 'f64' }, silence: 'a' },
      'contract/wrong-value',
      { key: 'silence', found: 'a' },
    ],
    [
      'silence of an unknown column',
      { contract: 'x', columns: { who: 'text' }, silence: 'whom' },
      'contract/unknown-column',
      { key: 'silence', column: 'whom' },
    ],
    [
      'an unknown sort column',
      { contract: 'x', columns: { ts: 'time' }, sort: 'tss' },
      'contract/unknown-column',
      { key: 'sort', column: 'tss' },
    ],
    [
      'a stamp that is no time',
      { contract: 'x', columns: { a: 'f64' }, available: { column: 'a' } },
      'contract/not-time',
      { column: 'a', found: 'f64' },
    ],
    [
      'a duration without unit',
      { contract: 'x', columns: { ts: 'time' }, spacing: 5 },
      'contract/wrong-value',
      { key: 'spacing', found: 5 },
    ],
    [
      'rows known before they end',
      {
        contract: 'x',
        columns: { ts: 'time' },
        spacing: '5m',
        available: { column: 'ts', plus: '1m' },
      },
      'contract/known-too-early',
      { spacing: '5m', plus: '1m' },
    ],
    [
      'another availability',
      { contract: 'x', columns: {}, available: 'soon' },
      'contract/wrong-value',
      { key: 'available', found: 'soon' },
    ],
  ])('refuses %s', (_, json, code, facts) => {
    const { contract: read, problems } = readContract(json);
    expect(read).toBeUndefined();
    expect(problems).toContainEqual(
      expect.objectContaining({ code, facts: expect.objectContaining(facts) }),
    );
    for (const { message } of problems) expect(message).not.toMatch(/\{\w+\}/);
  });

  it('puts problems where they stand', () => {
    const place = { file: 'x.yaml', line: 3, col: 5, length: 1 };
    const { problems } = readContract(
      { contract: 'x', columns: { a: { type: 'f64', lenght: 2 } } },
      (path) => (path.join('.') === 'columns.a.lenght' ? place : undefined),
    );
    expect(problems[0]).toMatchObject({ code: 'contract/unknown-key', place });
  });
});

describe('check', () => {
  const bars = contract(BARS);

  it('passes what keeps the contract; other columns are free', () => {
    expect(check(frame({ ...good, extra: [1, 2, 3] }, { close: 'usd' }), bars)).toEqual([]);
  });

  const { NaN: gap } = Number;
  it.each([
    ['an absent column', { close: undefined }, 'contract/no-column', 'close', [], 3],
    ['another type', { gap: [1, 0, 1] }, 'contract/dtype', 'gap', [], 3],
    ['a missing number', { close: [1, gap, gap] }, 'contract/missing', 'close', [1, 2], 2],
    ['a missing text', { symbol: ['A', 'A', null] }, 'contract/missing', 'symbol', [2], 1],
    ['a value at the open bound', { close: [1, 0, -1] }, 'contract/bounds', 'close', [1, 2], 2],
    ['a value past the bound', { volume: [-1, 2e9, 1] }, 'contract/bounds', 'volume', [0, 1], 2],
    ['a fraction', { trades: [1, 1.5, 2] }, 'contract/whole', 'trades', [1], 1],
    [
      'rows that step back',
      { ts: [...clock(3)].reverse() },
      'contract/unsorted',
      'symbol, ts',
      [1, 2],
      2,
    ],
    [
      'a repeated key',
      { ts: [...clock(2), ...clock(2).slice(1)] },
      'contract/duplicate',
      'symbol, ts',
      [2],
      1,
    ],
    ['a time off the grid', { ts: [0, 300_001, 600_000] }, 'contract/off-grid', 'ts', [1], 1],
    ['a far stamp', { ts: [0, 3e5, 1.7e21 + 786_432] }, 'contract/off-grid', 'ts', [2], 1],
  ])('names %s', (_, change, rule, column, rows, count) => {
    const { close, ...rest } = { ...good, ...change };
    const breaches = check(frame(close ? { close, ...rest } : rest), bars);
    expect(breaches).toEqual([expect.objectContaining({ rule, column, rows, count })]);
    for (const breach of breaches) expect(tell(breach, bars).message).not.toMatch(/\{\w+\}/);
  });

  it('finds a repeated key also in rows out of order', () => {
    const { sort: _, ...unordered } = bars;
    const loose = { ...unordered, sort: [] };
    const ts = [...clock(2).slice(1), ...clock(2)];
    expect(check(frame({ ...good, ts }), loose)).toEqual([
      expect.objectContaining({ rule: 'contract/duplicate', rows: [2] }),
    ]);
  });

  it('finds ±∞, another unit, and every broken rule at once', () => {
    const broken = frame(
      { ...good, close: [Infinity, gap, 0], volume: [1, 2, 1e10] },
      { close: 'eur' },
    );
    expect(check(broken, bars).map(({ rule }) => rule)).toEqual([
      'contract/unit',
      'contract/missing',
      'contract/infinite',
      'contract/bounds',
      'contract/bounds',
    ]);
  });

  it('names at most five rows, and how many there are', () => {
    const many = frame({
      ...good,
      ts: clock(9),
      close: Array(9).fill(-1),
      volume: Array(9).fill(1),
      symbol: Array(9).fill('A'),
      gap: Array(9).fill(true),
    });
    const [breach] = check(many, bars);
    expect(breach).toMatchObject({
      rows: [0, 1, 2, 3, 4],
      count: 9,
      found: '-1',
      expected: 'above 0',
    });
    expect(breach && tell(breach, bars).message).toBe(
      'Contract bars: column close must be above 0; 9 rows are not (rows 0, 1, 2, 3, 4, …, first -1).',
    );
  });
});

describe('milliseconds', () => {
  it.each([
    ['5m', 300_000],
    ['1h30m', 5_400_000],
    ['250ms', 250],
    ['2d', 172_800_000],
    ['1w', 604_800_000],
    ['0s', 0],
    ['', undefined],
    ['5', undefined],
    ['5mo', undefined],
    ['-5m', undefined],
    ['1.5h', undefined],
  ])('%s', (text, expected) => {
    expect(milliseconds(text)).toBe(expected);
  });
});
