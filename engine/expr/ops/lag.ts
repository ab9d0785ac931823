import { joinAhead, joinFacts, shiftAhead, widenAhead } from '../facts.js';
import { input, numbers } from '../kernels/read.js';
import { shift, takeRows } from '../kernels/take.js';
import { defineOp } from '../op.js';
import { firstUnit, x } from './shared.js';

const anyX = { ...x, type: 'any' as const };

/** `lag(x, k)`: k rows back; it also pays for delay. */
export const lag = defineOp({
  name: 'lag',
  doc: 'The value k rows back. Each row pays for one spacing of delay.',
  example: 'lag(high_96, 1)',
  args: [anyX, { name: 'k', is: 'rows', default: 1, least: 0 }],
  gives: ([type]) => type,
  unit: firstUnit,
  reach: (c) => c.number('k'),
  facts(joined, { constants, args, clock }) {
    const k = constants.number('k');
    const spacing = joined.clock === undefined ? undefined : clock(joined.clock).spacing;
    const delay = joined.delay - k * (spacing ?? 0);
    return { ...joined, delay, ahead: shiftAhead(joinFacts(args).ahead, -k) };
  },
  run: (call) => shift(input(call, 0).series, call.constants.number('k'), call.rows, call.memory),
});

/** `ahead(x, k)`: only in targets. */
export const ahead = defineOp({
  name: 'ahead',
  doc: 'The value k rows later. It exists in targets only.',
  example: 'log(ahead(close, 12) / close)',
  args: [anyX, { name: 'k', is: 'rows', least: 1 }],
  gives: ([type]) => type,
  unit: firstUnit,
  reach: () => 0,
  facts(joined, { constants, args }) {
    const k = constants.number('k');
    const read = joinFacts(args);
    const from = k - read.reach;
    const own = {
      instantFrom: read.instant ? from : Number.POSITIVE_INFINITY,
      spanFrom: read.instant ? Number.POSITIVE_INFINITY : from,
      to: k,
    };
    return {
      ...joined,
      lookahead: read.lookahead + k,
      taint: 'outcome',
      holes: true,
      ahead: joinAhead([own, shiftAhead(read.ahead, k)]),
    };
  },
  run: (call) => shift(input(call, 0).series, -call.constants.number('k'), call.rows, call.memory),
});

/** `at(x, k, at_most)`: as many rows back as a series says. */
export const at = defineOp({
  name: 'at',
  doc: 'The value k rows back, where k is a series of whole numbers; missing where k is missing, negative or beyond at_most.',
  example: 'at(rsi_14, bars_since_highest(high, 96), at_most=96)',
  args: [
    anyX,
    { name: 'k', is: 'series', type: 'number' },
    { name: 'at_most', is: 'rows', least: 0, optional: true },
  ],
  gives: ([type]) => type,
  unit: firstUnit,
  holes: 'make',
  costly: true,
  kind: (c) => (c.has('at_most') ? 'finite' : 'resetting'),
  constantRule: ([, k]) =>
    k === undefined ? undefined : 'k is the same in every row; read a fixed row with lag(x, k)',
  facts(joined, { constants, args }) {
    if (!constants.has('at_most')) return joined;
    const [read, back] = args;
    const most = constants.number('at_most');
    return {
      ...joined,
      reach: Math.max((read?.reach ?? 0) + most, back?.reach ?? 0),
      ahead: widenAhead(joined.ahead, most),
    };
  },
  run(call) {
    const back = numbers(call, 1);
    const most = call.constants.has('at_most') ? call.constants.number('at_most') : call.rows;
    const rows = new Int32Array(call.rows);
    for (let i = 0; i < call.rows; i += 1) {
      const k = back[i] ?? Number.NaN;
      rows[i] = k >= 0 && k <= most && k <= i && k % 1 === 0 ? i - k : -1;
    }
    return takeRows(input(call, 0).series, rows, call.memory);
  },
  settled(call, settled) {
    if (call.constants.has('at_most')) return settled + call.constants.number('at_most');
    const back = numbers(call, 1);
    let first = settled;
    for (let i = settled; i < call.rows; i += 1) if (i - (back[i] ?? 0) < settled) first = i + 1;
    return first;
  },
});
