import { textColumn, timeColumn } from '../../../engine/sdk/index.js';
import annotated from '../../../nodes/events/annotated.js';
import { frameOf } from '../../kit/chain.js';
import { clock, frame } from '../../kit/frame.js';
import { runNode } from '../../kit/node.js';
import { installFormulas } from '../../kit/specs.js';
import { crowded, every, jump, occurrences, paid, ranked, symbol, ts } from './toy-events.js';

/** A span in parts, tables of two symbols, and what `events.annotated` makes of occurrences in them. */

installFormulas();

/** Parts of a span that begin at these rows: training is rows 2 to 49, the test ends before row 95. */
export const PARTS = [
  ...(['train 2', 'purged 50', 'embargo 55', 'validation 60'] as const),
  ...(['purged 80', 'embargo 82', 'test 85'] as const),
].map((text) => text.split(' ') as [string, string]);
export const END = 95;
export const splits = frame({
  split: textColumn(PARTS.map(([split]) => split)),
  from: timeColumn(PARTS.map(([, row]) => ts(Number(row)))),
  to: timeColumn([...PARTS.slice(1).map(([, row]) => ts(Number(row))), ts(END)]),
});

export interface Seen {
  readonly row: number;
  readonly event?: string;
  readonly symbol?: string;
  readonly severity?: number;
}
const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
export const log = (seen: readonly Seen[]) =>
  occurrences(
    seen
      .map((one) => {
        const plain = {
          event: 'JUMP',
          symbol: 'AAA',
          severity: 1,
          rule: '',
          direction: 1,
          sign: 1,
        };
        return { ...plain, ...one };
      })
      .sort((a, b) => a.row - b.row || order(a.symbol, b.symbol) || order(a.event, b.event)),
  );
export const ROWS = 100;
export const ramp = Array.from({ length: ROWS }, (_, row) =>
  row % 7 === 3 ? Number.NaN : row / 4,
);
export const features = [
  symbol('AAA', ramp),
  symbol(
    'BBB',
    ramp.map((x) => -x),
  ),
];
/** `rank_now` of one symbol, then of the other. */
const context = frame({
  symbol: textColumn(['AAA', 'BBB'].flatMap((name) => new Array(ROWS).fill(name))),
  ts: timeColumn([...clock(ROWS), ...clock(ROWS)]),
  rank_now: [...new Array(ROWS).fill(1), ...new Array(ROWS).fill(0)],
});
const HOUR = 3_600_000;
const prints = (rate: readonly number[]) => frame({ ts: clock(rate.length, HOUR), rate });
const funding = [{ at: { symbol: 'AAA' }, value: prints([0.25, -0.5, NaN]) }];
const specs = [jump, every, paid, ranked, crowded];

export const run = async (seen: readonly Seen[], params = {}, ins = {}) => {
  const { outs } = await runNode(
    annotated,
    { events: log(seen), splits, features, context, funding, ...ins },
    { specs, ...params },
  );
  return { table: frameOf(outs, 'events'), cuts: frameOf(outs, 'cuts') };
};
export const columnOf = async (name: string, ...given: Parameters<typeof run>) => {
  return (await run(...given)).table.texts(name);
};
