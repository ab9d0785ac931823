import { textColumn } from '../../../engine/frame/text.js';
import registry from '../../../nodes/events/registry.js';
import { frame } from '../../kit/frame.js';
import { nodeTable } from '../../kit/node.js';
import { installFormulas } from '../../kit/specs.js';

import {
  covered,
  crowded,
  EVERY,
  every,
  JUMP,
  jump,
  leaning,
  NONE,
  none,
  occurrences,
  other,
  PAID,
  paid,
  RANKED,
  ranked,
  rare,
  symbol,
  ts,
} from './toy-events.js';

installFormulas();

const once = { count: 1, by_symbol: { AAA: 1 } };
const jumped = { event: 'JUMP', rule: JUMP, confirm: 2, active: 4 };
const first = { event: 'RANKED', direction: 1, sign: 1, severity: 1, rule: RANKED };
const printed = (name: string, row: number) => ({
  at: { symbol: name },
  value: frame({ ts: [ts(row)], rate: [-0.001], interval_hours: [8] }),
});
const unpaid = (name: string) => ({
  at: { symbol: name },
  value: frame({ ts: [], rate: [], interval_hours: [] }),
});

nodeTable(registry, {
  gives: [
    {
      name: 'onsets of two symbols, thinned by the cooldown, sorted by time and symbol',
      in: {
        features: [
          symbol('AAA', [0, 0, 0, 9, 9, 0, 9, 0]),
          symbol('BBB', [0, 0, 0, 2, 0, 2, 0, 0]),
        ],
      },
      params: { event: jump },
      out: {
        events: occurrences([
          { ...jumped, symbol: 'AAA', row: 3, direction: 1, sign: 1, severity: 9 },
          { ...jumped, symbol: 'BBB', row: 3, direction: -1, sign: -1, severity: 2 },
          { ...jumped, symbol: 'AAA', row: 6, direction: 1, sign: 1, severity: 9 },
        ]),
        tally: {
          event: 'JUMP',
          family: 'TEST_FAMILY',
          available: true,
          proxy: false,
          needs: [],
          datasets: [],
          without: {},
          bars: 12,
          count: 3,
          by_symbol: { AAA: 2, BBB: 1 },
        },
        // Known once two bars were quiet.
        coverage: covered('JUMP', [
          ['AAA', 0, false],
          ['BBB', 0, false],
          ['AAA', 2, true],
          ['BBB', 2, true],
        ]),
      },
    },
    {
      name: 'every bar; a side of 0 has the sign of the driver beside it; missing counts as false',
      in: { features: [symbol('AAA', [2, NONE, 3])] },
      params: { event: every },
      out: {
        events: occurrences([
          {
            event: 'EVERY',
            symbol: 'AAA',
            row: 0,
            direction: 0,
            sign: -1,
            severity: 2,
            rule: EVERY,
          },
          {
            event: 'EVERY',
            symbol: 'AAA',
            row: 2,
            direction: 0,
            sign: -1,
            severity: 3,
            rule: EVERY,
          },
        ]),
      },
    },
    {
      name: 'funding of the symbol itself',
      in: {
        features: [symbol('AAA', [1, 1, 1])],
        funding: [printed('AAA', 2)],
      },
      params: { event: paid },
      out: {
        events: occurrences([
          {
            event: 'PAID',
            symbol: 'AAA',
            row: 2,
            direction: -1,
            sign: -1,
            severity: 1,
            rule: PAID,
          },
        ]),
      },
    },
    {
      name: 'a symbol without any print is not looked at; its silence is no evidence',
      in: {
        features: [symbol('AAA', [1, 1, 1]), symbol('BBB', [1, 1, 1])],
        funding: [printed('AAA', 2), unpaid('BBB')],
      },
      params: { event: paid },
      out: {
        tally: {
          event: 'PAID',
          family: 'TEST_FAMILY',
          available: true,
          proxy: false,
          needs: [],
          datasets: [],
          without: { BBB: ['funding'] },
          // Nobody could tell before the first print.
          bars: 1,
          count: 1,
          by_symbol: { AAA: 1 },
        },
        // Of a symbol that has prints nobody could tell before the first.
        coverage: covered('PAID', [
          ['AAA', 0, false],
          ['BBB', 0, false],
          ['AAA', 2, true],
        ]),
      },
    },
    {
      name: 'prints of no symbol at all make the event unavailable, as an unbound port does',
      in: {
        features: [symbol('AAA', [1, 1]), symbol('BBB', [1, 1])],
        funding: [unpaid('AAA'), unpaid('BBB')],
      },
      params: { event: paid },
      out: {
        events: occurrences([]),
        tally: {
          ...none,
          event: 'PAID',
          needs: ['funding'],
          datasets: ['funding'],
          without: { AAA: ['funding'], BBB: ['funding'] },
          bars: 0,
        },
      },
    },
    {
      name: 'a feature made from funding counts as much: the event says that it needs it',
      in: { features: [symbol('AAA', [2, 2])], funding: [unpaid('AAA')] },
      params: { event: crowded },
      out: {
        tally: {
          ...none,
          event: 'CROWDED',
          needs: ['funding'],
          datasets: ['funding'],
          without: { AAA: ['funding'] },
          bars: 0,
        },
      },
    },
    {
      name: 'nor is a symbol looked at of which a column of the rule knows no value at all',
      in: { features: [symbol('AAA', [2, NONE]), symbol('BBB', [NONE, NONE])] },
      params: { event: every },
      out: {
        tally: {
          ...none,
          event: 'EVERY',
          available: true,
          proxy: false,
          needs: [],
          datasets: [],
          without: { BBB: ['x', 'y'] },
          // Of the second bar nobody knows.
          bars: 1,
          ...once,
        },
      },
    },
    {
      name: 'an event on bars alone does not mind',
      in: { features: [symbol('AAA', [2, NONE])], funding: [unpaid('AAA')] },
      params: { event: every },
      out: {
        tally: {
          ...none,
          event: 'EVERY',
          available: true,
          needs: [],
          datasets: [],
          bars: 1,
          ...once,
        },
      },
    },
    {
      name: 'columns of the context, joined on equal times',
      in: {
        features: [symbol('AAA', [1, 1, 1]), symbol('BBB', [1, 1])],
        context: frame({
          symbol: textColumn(['AAA', 'AAA', 'BBB', 'BBB']),
          ts: [ts(0), ts(2), ts(0), ts(1)],
          rank_now: [0, 1, 1, 0],
        }),
      },
      params: { event: ranked },
      out: {
        events: occurrences([
          { ...first, symbol: 'BBB', row: 0 },
          { ...first, symbol: 'AAA', row: 2 },
        ]),
      },
    },
    {
      name: 'a feature that this market cannot give makes the event unavailable',
      in: { features: [symbol('AAA', [1])] },
      params: { event: rare },
      out: {
        tally: { ...none, event: 'RARE', needs: ['basis_z'], datasets: ['spot_ohlcv_5m'], bars: 0 },
        coverage: frame({ symbol: textColumn([]), ts: [] }),
      },
    },
    {
      name: 'a port that is not bound makes the event unavailable, which is told',
      in: { features: [symbol('AAA', [1, 1, 1])] },
      params: { event: other, spacing: '5m' },
      out: {
        events: occurrences([]),
        tally: { ...none, event: 'OTHER', needs: ['spot'], datasets: ['spot_ohlcv_5m'], bars: 0 },
      },
    },
  ],
  refuses: [
    {
      name: 'a rule that names nothing there is',
      in: { features: [{ at: { symbol: 'AAA' }, value: frame({ ts: [ts(0)], z: [1] }) }] },
      params: { event: jump },
      code: 'events/unsound',
      data: { event: 'JUMP' },
    },
    {
      name: 'a driver that is no direction at some occurrence',
      in: { features: [symbol('AAA', [2, 4, 9]), symbol('BBB', [0, 2, 5, NONE, 7])] },
      params: { event: leaning },
      code: 'events/side',
      data: {
        event: 'LEANING',
        field: 'sign',
        symbol: 'AAA',
        found: 6,
        rows: 1,
        first: '2024-01-01T00:10:00.000Z',
      },
    },
    {
      name: 'funding of other symbols',
      in: {
        features: [symbol('AAA', [1])],
        funding: [printed('BBB', 2)],
      },
      params: { event: jump },
      code: 'events/other-symbols',
      data: { features: ['AAA'], funding: ['BBB'] },
    },
  ],
  // Other thresholds: nudge.test.ts.
  elsewhere: { params: ['quality'], codes: ['events/nudge-unsound'] },
});
