import { textColumn } from '../../../engine/frame/text.js';
import table from '../../../nodes/states/table.js';
import { clock, frame } from '../../kit/frame.js';
import { nodeTable } from '../../kit/node.js';
import { installFormulas } from '../../kit/specs.js';
import {
  always,
  covered,
  events,
  features,
  NONE,
  occurrences,
  told,
  uncovered,
} from './toy-states.js';

installFormulas();

const AAA = { symbol: 'AAA', events };
const flags = (name: string, values: readonly (boolean | null)[]) =>
  frame({ ts: clock(values.length), [name]: values });
const tally = {
  state: 'AFTER',
  family: 'TEST',
  available: true,
  needs: [],
  bars: 5,
  on: 0,
  missing: 0,
};
const one = (symbol: string, row: number, direction = 1) => ({
  event: 'JUMP',
  symbol,
  row,
  direction,
});

nodeTable(table, {
  gives: [
    {
      name: 'on from the signal bar of this symbol, off after so many bars; what happened elsewhere is nothing to it',
      in: {
        features: features([1, 1, 1, 1, 1]),
        events: occurrences([one('AAA', 1), one('BBB', 4)]),
        coverage: [always('JUMP')],
      },
      params: { ...AAA, specs: told('AFTER', 'within(JUMP, 2)') },
      out: {
        states: flags('after_flag', [false, true, true, false, false]),
        tally: [{ ...tally, on: 2 }],
      },
    },
    {
      name: 'missing while the event could not be looked for, and known again after a gap',
      in: {
        features: features([1, 1, 1, 1, 1]),
        events: occurrences([one('AAA', 2)]),
        coverage: [
          covered('JUMP', [
            { symbol: 'AAA', row: 0, known: false },
            { symbol: 'BBB', row: 0, known: true },
            { symbol: 'AAA', row: 1, known: true },
            { symbol: 'AAA', row: 3, known: false },
            { symbol: 'AAA', row: 4, known: true },
          ]),
        ],
      },
      params: { ...AAA, specs: told('AFTER', 'JUMP') },
      out: {
        states: frame({ ts: clock(5), after_flag: [null, false, true, null, false] }),
        tally: [{ ...tally, on: 1, missing: 2 }],
      },
    },
    {
      name: 'side and severity stand at the signal bar alone',
      in: {
        features: features([1, 1, 1]),
        events: occurrences([{ ...one('AAA', 1, -1), severity: 7 }]),
        coverage: [always('JUMP')],
      },
      params: { ...AAA, specs: told('AFTER', 'JUMP.side == -1 and JUMP.severity > 6') },
      out: { states: frame({ ts: clock(3), after_flag: [null, true, null] }) },
    },
    {
      name: 'one state names another, and two events follow each other',
      in: {
        features: features([9, 1, 1, 1]),
        events: occurrences([one('AAA', 0), { event: 'DIP', symbol: 'AAA', row: 2 }]),
        coverage: [always('DIP'), always('JUMP')],
      },
      params: {
        ...AAA,
        specs: [...told('BOTH', 'within(then(JUMP, DIP, 3), 2)'), ...told('CALM', 'not BOTH')],
      },
      out: {
        states: frame({
          ts: clock(4),
          both_flag: [false, false, true, true],
          calm_flag: [true, true, false, false],
        }),
      },
    },
    {
      name: 'a state whose event misses data is not there, and says so; nor is one whose source does',
      in: {
        features: features([1, 9]),
        events: occurrences([]),
        coverage: [always('DIP'), uncovered('JUMP')],
      },
      params: {
        ...AAA,
        specs: [
          ...told('AFTER', 'within(JUMP, 2)'),
          ...told('FAR', 'x > 8'),
          ...told('DIPPED', 'x > 8').map((spec) => ({ ...spec, source: 'DIP' })),
        ],
      },
      out: {
        states: flags('dipped_flag', [false, true]),
        tally: [
          { ...tally, available: false, needs: ['JUMP'], bars: 2 },
          { ...tally, state: 'FAR', available: false, needs: ['JUMP'], bars: 2 },
          { ...tally, state: 'DIPPED', bars: 2, on: 1 },
        ],
      },
    },
    {
      name: 'a feature that this market cannot give, and a port that is not bound',
      in: { features: features([1]), events: occurrences([]), coverage: [always('JUMP')] },
      params: {
        ...AAA,
        specs: [...told('AFTER', 'basis_z > 1'), ...told('PAID', 'asof(funding.rate) > 0')],
      },
      out: {
        states: frame({ ts: clock(1) }),
        tally: [
          { ...tally, available: false, needs: ['basis_z'], bars: 1 },
          { ...tally, state: 'PAID', available: false, needs: ['funding'], bars: 1 },
        ],
      },
    },
    {
      name: 'columns of the context and prints of funding, as known at the close',
      in: {
        features: features([1, 1, 1]),
        context: frame({
          symbol: textColumn(['AAA', 'AAA', 'BBB']),
          ts: [clock(3)[0] ?? NONE, clock(3)[2] ?? NONE, clock(3)[1] ?? NONE],
          rank_now: [1, 0, 1],
        }),
        funding: frame({ ts: [clock(3)[1] ?? NONE], rate: [0.001], interval_hours: [8] }),
        events: occurrences([]),
        coverage: [always('JUMP')],
      },
      params: {
        ...AAA,
        spacing: '5m',
        specs: [...told('RANKED', 'rank_now == 1'), ...told('PAID', 'asof(funding.rate) > 0')],
      },
      out: {
        states: frame({
          ts: clock(3),
          ranked_flag: [true, null, false],
          paid_flag: [null, true, true],
        }),
      },
    },
  ],
  refuses: [
    {
      name: 'a state of an event that no registry looked for',
      in: { features: features([1]), events: occurrences([]), coverage: [always('DIP')] },
      params: { ...AAA, specs: told('AFTER', 'x > 1') },
      code: 'states/not-looked-for',
      data: { state: 'AFTER', source: 'JUMP', known: ['DIP'] },
    },
    {
      name: 'a rule that is no condition',
      in: { features: features([1]), events: occurrences([]), coverage: [always('JUMP')] },
      params: { ...AAA, specs: told('AFTER', 'x + 1') },
      code: 'states/unsound',
      data: {},
    },
  ],
});
