import { describe, expect, it } from '@jest/globals';
import annotated from '../../../nodes/events/annotated.js';
import { event } from '../../../nodes/kinds/event.js';
import { clock, frame } from '../../kit/frame.js';
import { written } from '../../kit/specs.js';
import { columnOf, type Seen } from './annotated-kit.js';
import { jump, paid, ranked } from './toy-events.js';

describe('what rules looked at', () => {
  const told = (seen: Seen, ins = {}) => columnOf('features_at_event', [seen], {}, ins);
  it.each<[string, Seen, string]>([
    ['columns of features', { row: 8 }, '{"x":2}'],
    ['missing is null', { row: 10 }, '{"x":null}'],
    ['names in order', { row: 9, event: 'EVERY' }, '{"x":2.25,"y":-2.25}'],
    ['of its own symbol', { row: 9, event: 'EVERY', symbol: 'BBB' }, '{"x":-2.25,"y":2.25}'],
    [
      'columns across symbols',
      { row: 9, event: 'RANKED', symbol: 'BBB' },
      '{"rank_now":0,"x":-2.25}',
    ],
    ['the print known at the close', { row: 12, event: 'PAID' }, '{"funding.rate":-0.5,"x":3}'],
    ['before it the one before', { row: 11, event: 'PAID' }, '{"funding.rate":0.25,"x":2.75}'],
    ['a print that is none', { row: 25, event: 'PAID' }, '{"funding.rate":null,"x":6.25}'],
    [
      'of a symbol without prints',
      { row: 25, event: 'PAID', symbol: 'BBB' },
      '{"funding.rate":null,"x":-6.25}',
    ],
  ])('%s', async (_name, seen, text) => {
    expect(await told(seen)).toEqual([text]);
  });

  it('a column this market does not have is null, and so are tables that are not bound', async () => {
    const none = { context: undefined, funding: undefined };
    expect(await told({ row: 8, event: 'RANKED' }, none)).toEqual(['{"rank_now":null,"x":2}']);
    expect(await told({ row: 8, event: 'PAID' }, none)).toEqual(['{"funding.rate":null,"x":2}']);
  });

  it('flags and texts are written as such; clauses and times are none of it', async () => {
    const value = frame({ ts: clock(3), up: [true, false, null], name: ['a "b"', null, 'c'] });
    const text = `family: TEST_FAMILY
needs: [perp_ohlcv_5m]
let: { late: hour >= 0 }
fires: late and up and name == "c"
stand_in: close > 1
cooldown: 1b
side: 0
severity: 1
templates: [continuation]
horizons: [5m]`;
    const own = written(event, 'MIXED', text);
    const seen = [0, 1, 2].map((row) => ({ row, event: 'MIXED' }));
    const ins = { features: [{ at: { symbol: 'AAA' }, value }] };
    expect(await columnOf('features_at_event', seen, { specs: own }, ins)).toEqual([
      '{"close":null,"name":"a \\"b\\"","up":true}',
      '{"close":null,"name":null,"up":false}',
      '{"close":null,"name":"c","up":null}',
    ]);
  });
});

it('reads what rules name and nothing else', () => {
  const plain = { dtype: 'f64', taint: 'feature', delay: 0 } as const;
  const shape = (...names: readonly string[]) => {
    return { columns: names.map((name) => ({ name, ...plain })) };
  };
  const ins = {
    features: shape('ts', 'x', 'y', 'z'),
    context: shape('symbol', 'ts', 'rank_now', 'w'),
  };
  expect(
    annotated.reads?.({ specs: [jump, ranked, paid], least: 20, spacing: 300_000 }, ins),
  ).toEqual({
    features: ['ts', 'x'],
    context: ['symbol', 'ts', 'rank_now'],
    funding: ['ts', 'rate'],
  });
});
