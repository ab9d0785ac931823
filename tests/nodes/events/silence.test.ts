import { expect, it } from '@jest/globals';
import registry from '../../../nodes/events/registry.js';
import { event } from '../../../nodes/kinds/event.js';
import { frameOf } from '../../kit/chain.js';
import { clock, frame } from '../../kit/frame.js';
import { runNode } from '../../kit/node.js';
import { installFormulas, specsOf } from '../../kit/specs.js';

installFormulas();

/** Silence says that nothing happened only where somebody could have seen it. */

const HOUR = 3_600_000;
const DAY = 288;
const START = clock(1)[0] ?? 0;

/** A symbol with prints every eight hours but for some days, and bars but for others. */
function days(count: number, unpaid: readonly number[], closed: readonly number[]) {
  const ts = clock(count * DAY);
  const day = (at: number) => Math.floor((at - START) / (24 * HOUR));
  const ones = ts.map((at) => (closed.includes(day(at)) ? Number.NaN : 1));
  const paid = clock(3 * count, 8 * HOUR).filter((at) => !unpaid.includes(day(at)));
  const at = { symbol: 'AAA' };
  return {
    features: [{ at, value: frame({ ts, close: ones, ret_12: ones }) }],
    funding: [
      {
        at,
        value: frame({
          ts: paid,
          rate: paid.map((_, i) => (i % 2 === 0 ? 0.0001 : -0.0002)),
          interval_hours: paid.map(() => 8),
        }),
      },
    ],
  };
}

async function told(id: string, ins: Readonly<Record<string, unknown>>) {
  const [spec] = specsOf(event, id);
  const { outs } = await runNode(registry, ins, { event: spec });
  const coverage = frameOf(outs, 'coverage');
  const known = coverage.flags(id);
  const turns = Array.from(coverage.time('ts'), (at, row) => {
    return [(at - START) / HOUR, known[row] === 1] as const;
  }).filter(([, now], row) => row === 0 || now !== (known[row - 1] === 1));
  return { turns, at: Array.from(frameOf(outs, 'events').time('ts'), (t) => (t - START) / HOUR) };
}

/** A print is carried for eight hours and the bar in which it is seen; by then the next is due. */
const LAST = 16 + 8 + 1 / 12;
/** A print of which nobody can tell whether it fires may hide those of the next 95 bars. */
const COOLDOWN = 95 / 12;

it.each([
  ['FUNDING_TIMESTAMP_EVENT', 0],
  ['FND_DISLOC', COOLDOWN],
  ['FUNDING_FLIP', 240 + COOLDOWN],
  ['FUNDING_EXTREME_ONSET', 712 + COOLDOWN],
  ['FUNDING_NORMALIZATION_TRIGGER', 712 + COOLDOWN],
  ['FUNDING_PERSISTENCE_TRIGGER', 712 + COOLDOWN],
])(
  '%s is not known before its prints suffice, where they are missing and once they end',
  async (id, since) => {
    const { turns } = await told(
      id,
      days(70, [40, 41, 42, 60, 61, 62, 63, 64, 65, 66, 67, 68, 69], []),
    );
    const known = turns.filter(([at]) => at >= 24 * 39);
    expect(known).toEqual([
      [24 * 39 + LAST, false],
      [24 * 43, true],
      [24 * 59 + LAST, false],
    ]);
    expect(turns.find(([, now]) => now)?.[0]).toBeCloseTo(since);
  },
);

it.each([
  ['SESSION_OPEN_EVENT', [0, 8, 13]],
  ['SESSION_CLOSE_EVENT', [8, 13, 24].map((hour) => hour - 1 / 12)],
])('%s is of no symbol that does not trade then', async (id, hours) => {
  const { features } = days(5, [], [1, 4]);
  const { turns, at } = await told(id, { features });
  expect(turns).toEqual([
    [0, true],
    [24, false],
    [48, true],
    [96, false],
  ]);
  expect(at).toEqual([0, 2, 3].flatMap((day) => hours.map((hour) => 24 * day + hour)));
});

/** A price that hardly rests, and now and then breaks out. */
const wave = (row: number) =>
  100 + Math.sin(row / 9) + Math.sin(row / 61) + Math.sin(row * row) / 9;

it.each([
  ['FALSE_BREAKOUT', 97],
  ['VOL_RELAXATION_START', 97],
])(
  '%s, which waits for something, does not wait where there is nothing to be seen',
  async (id, since) => {
    const holes = (row: number) => row >= 600 && row < 700;
    const ts = clock(1200);
    const of = (value: (row: number) => number) =>
      ts.map((_, row) => (row < since || holes(row) || row >= 1100 ? Number.NaN : value(row)));
    const value = frame({
      ts,
      close: of(wave),
      abs_ret_1: of((row) => Math.abs(wave(row) / wave(row - 1) - 1)),
      high_96: of((row) => wave(row) + 0.1),
      low_96: of((row) => wave(row) - 0.1),
      rv_z: of((row) => 3 * Math.sin(row / 9)),
      ret_12: of(() => 0),
    });
    const { turns, at } = await told(id, { features: [{ at: { symbol: 'AAA' }, value }] });
    const rows = turns.map(([hour, now]) => [Math.round(12 * hour), now]);
    const known = rows.flatMap(([row, now]) => (now === true ? [Number(row)] : []));
    const lost = rows.flatMap(([row, now]) => (now === false ? [Number(row)] : []));
    // While a cooldown runs it is known that nothing is told, though nothing is seen.
    expect(lost.map((row) => 100 * Math.floor(row / 100))).toEqual([0, 600, 1100]);
    // The limits want 96 rows, the onset and the cooldown a few more.
    expect(known[0]).toBeGreaterThan(since + 96);
    expect(known[1]).toBeGreaterThanOrEqual(700);
    expect(at.length).toBeGreaterThan(0);
  },
);
