import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { textColumn } from '../../../engine/frame/text.js';
import { sha256 } from '../../../engine/store/digest.js';
import registry from '../../../nodes/events/registry.js';
import { event } from '../../../nodes/kinds/event.js';
import { clock, frame, repeat } from '../../kit/frame.js';
import { filled, nodeTable, runNode, shapesOf } from '../../kit/node.js';
import { frameAt } from '../../kit/real.js';
import { installFormulas, written } from '../../kit/specs.js';

installFormulas();
const FIVE = 300_000;
const NONE = Number.NaN;

const fields = (more: string) => `
family: TEST_FAMILY
needs: [perp_ohlcv_5m]
templates: [continuation]
horizons: [5m]
severity: abs(x)
${more}`;
const one = <T>(list: readonly T[]): T => {
  const [first] = list;
  if (first === undefined) throw new Error('no spec');
  return first;
};
const jump = one(
  written(
    event,
    'JUMP',
    fields(
      'let: { far: x > 1 }\nfires: rises(far)\ncooldown: 3b\nside: sign(x - 5)\nconfirm: 2\nactive: 4b',
    ),
  ),
);
const every = one(
  written(event, 'EVERY', fields('fires: x > 1\ncooldown: 1b\nside: 0\nsign: sign(y)')),
);
const paid = one(
  written(
    event,
    'PAID',
    fields('fires: arrives(funding)\ncooldown: 1b\nside: sign(asof(funding.rate))'),
  ),
);
const other = one(written(event, 'OTHER', fields('fires: spot.close > x\ncooldown: 1b\nside: 0')));
const ranked = one(written(event, 'RANKED', fields('fires: rank_now == 1\ncooldown: 1b\nside: 1')));

const rare = one(
  written(
    event,
    'RARE',
    fields('fires: basis_z > 1\ncooldown: 1b\nside: 0').replace(
      '[perp_ohlcv_5m]',
      '[spot_ohlcv_5m]',
    ),
  ),
);
const none = { family: 'TEST_FAMILY', available: false, count: 0, by_symbol: { AAA: 0 } };

const symbol = (name: string, x: readonly number[]) => ({
  at: { symbol: name },
  value: frame({ ts: clock(x.length), x, y: x.map((v) => -v) }),
});
const ts = (row: number) => clock(row + 1)[row] ?? 0;

interface Row {
  readonly event: string;
  readonly symbol: string;
  readonly row: number;
  readonly direction: number;
  readonly sign: number;
  readonly severity: number;
  readonly rule: string;
  readonly confirm?: number;
  readonly active?: number;
}

function occurrences(rows: readonly Row[]) {
  return frame({
    id: textColumn(rows.map((r) => sha256(`${r.rule}\n${r.symbol}\n${ts(r.row)}`).slice(0, 16))),
    event: textColumn(rows.map((r) => r.event)),
    family: textColumn(rows.map(() => 'TEST_FAMILY')),
    symbol: textColumn(rows.map((r) => r.symbol)),
    ts: rows.map((r) => ts(r.row)),
    entered: {
      dtype: 'time',
      values: Float64Array.from(rows, (r) => ts(r.row) - (r.confirm ?? 0) * FIVE),
    },
    tradable: { dtype: 'time', values: Float64Array.from(rows, (r) => ts(r.row) + FIVE) },
    active_until: {
      dtype: 'time',
      values: Float64Array.from(rows, (r) => ts(r.row) + (r.active ?? 12) * FIVE),
    },
    direction: rows.map((r) => r.direction),
    sign: rows.map((r) => r.sign),
    severity: rows.map((r) => r.severity),
  });
}

const JUMP = [
  'JUMP',
  'far: x > 1',
  'rises(far)',
  'sign(x - 5)',
  'sign(x - 5)',
  'abs(x)',
  '3b',
].join('\n');
const EVERY = ['EVERY', 'x > 1', '0', 'sign(y)', 'abs(x)', '1b'].join('\n');
const PAID = [
  'PAID',
  'arrives(funding)',
  'sign(asof(funding.rate))',
  'sign(asof(funding.rate))',
  'abs(x)',
  '1b',
].join('\n');
const RANKED = ['RANKED', 'rank_now == 1', '1', '1', 'abs(x)', '1b'].join('\n');

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
          {
            event: 'JUMP',
            symbol: 'AAA',
            row: 3,
            direction: 1,
            sign: 1,
            severity: 9,
            rule: JUMP,
            confirm: 2,
            active: 4,
          },
          {
            event: 'JUMP',
            symbol: 'BBB',
            row: 3,
            direction: -1,
            sign: -1,
            severity: 2,
            rule: JUMP,
            confirm: 2,
            active: 4,
          },
          {
            event: 'JUMP',
            symbol: 'AAA',
            row: 6,
            direction: 1,
            sign: 1,
            severity: 9,
            rule: JUMP,
            confirm: 2,
            active: 4,
          },
        ]),
        tally: {
          event: 'JUMP',
          family: 'TEST_FAMILY',
          available: true,
          needs: [],
          bars: 16,
          count: 3,
          by_symbol: { AAA: 2, BBB: 1 },
        },
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
        funding: [
          {
            at: { symbol: 'AAA' },
            value: frame({ ts: [ts(2)], rate: [-0.001], interval_hours: [8] }),
          },
        ],
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
          {
            event: 'RANKED',
            symbol: 'BBB',
            row: 0,
            direction: 1,
            sign: 1,
            severity: 1,
            rule: RANKED,
          },
          {
            event: 'RANKED',
            symbol: 'AAA',
            row: 2,
            direction: 1,
            sign: 1,
            severity: 1,
            rule: RANKED,
          },
        ]),
      },
    },
    {
      name: 'a feature that this market cannot give makes the event unavailable',
      in: { features: [symbol('AAA', [1])] },
      params: { event: rare },
      out: { tally: { ...none, event: 'RARE', needs: ['basis_z'], bars: 1 } },
    },
    {
      name: 'a port that is not bound makes the event unavailable, which is told',
      in: { features: [symbol('AAA', [1, 1, 1])] },
      params: { event: other, spacing: '5m' },
      out: {
        events: occurrences([]),
        tally: { ...none, event: 'OTHER', needs: ['spot'], bars: 3 },
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
      name: 'funding of other symbols',
      in: {
        features: [symbol('AAA', [1])],
        funding: [
          {
            at: { symbol: 'BBB' },
            value: frame({ ts: [ts(2)], rate: [-0.001], interval_hours: [8] }),
          },
        ],
      },
      params: { event: jump },
      code: 'events/other-symbols',
      data: { features: ['AAA'], funding: ['BBB'] },
    },
  ],
});

describe('events.registry before data exist', () => {
  const column = (name: string) => ({ name, dtype: 'f64', taint: 'feature', delay: 0 }) as const;
  const time = { ...column('ts'), dtype: 'time' } as const;
  const shape = { columns: [time, column('x'), column('y'), column('z')] };

  it('reads only what the rule names', () => {
    const reads = registry.reads?.(filled(registry, { event: every }), { features: shape });
    expect(reads).toEqual({
      features: ['ts', 'x', 'y'],
      context: ['symbol', 'ts'],
      funding: ['ts'],
    });
  });

  it('refuses what is not known at the bar', () => {
    const late = { columns: [time, { ...column('x'), delay: FIVE }] };
    const { problems } = shapesOf(registry, { features: late }, { event: jump });
    expect(problems.map((p) => p.code)).toContain('expr/delayed');
    const outcome = { columns: [time, { ...column('x'), taint: 'outcome' as const }] };
    const { problems: more } = shapesOf(registry, { features: outcome }, { event: jump });
    expect(more.map((p) => p.code)).toContain('expr/outcome');
  });
});

describe('occurrences', () => {
  it('up to a bar do not depend on what comes after it, and swapping symbols swaps their rows', async () => {
    const walk = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 30, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(walk, walk, fc.integer({ min: 1, max: 30 }), async (x, y, cut) => {
        const run = async (a: readonly number[], b: readonly number[]) => {
          const { outs } = await runNode(
            registry,
            { features: [symbol('AAA', a), symbol('BBB', b)] },
            { event: jump },
          );
          return [...frameAt(outs, 'events').rows()].map(
            (r) => `${r.symbol} ${r.ts} ${r.direction}`,
          );
        };
        const lead = repeat([0], 3);
        const [p, q] = [
          [...lead, ...x],
          [...lead, ...y],
        ];
        const whole = await run(p, q);
        const until = (rows: readonly string[]) =>
          rows.filter((r) => Number(r.split(' ')[1]) < ts(cut));
        expect(until(await run(p.slice(0, cut), q.slice(0, cut)))).toEqual(until(whole));
        const swapped = (await run(q, p)).map((r) =>
          r.startsWith('AAA') ? `BBB${r.slice(3)}` : `AAA${r.slice(3)}`,
        );
        expect([...swapped].sort()).toEqual([...whole].sort());
      }),
      { numRuns: 20, seed: 5 },
    );
  });
});
