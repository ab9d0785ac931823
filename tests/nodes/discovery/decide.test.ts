import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Frame } from '../../../engine/frame/frame.js';
import { textColumn, timeColumn } from '../../../engine/sdk/index.js';
import decide from '../../../nodes/discovery/decide.js';
import type { DecisionTally } from '../../../nodes/discovery/decisions/tally.js';
import { template } from '../../../nodes/kinds/template.js';
import { frameOf } from '../../kit/chain.js';
import { frame } from '../../kit/frame.js';
import { nodeTable, runNode } from '../../kit/node.js';
import { eventSpec, FIVE, START } from '../../kit/research.js';
import { installFormulas, written } from '../../kit/specs.js';
import { DECIDED, namesOf, TEMPLATES } from './slow-decide.js';

beforeAll(installFormulas);

const EVENTS: Readonly<Record<string, readonly string[]>> = {
  ALL: ['both', 'keeper', 'late', 'led', 'only', 'plain'],
  FEW: ['keeper', 'plain', 'unheard_of'],
};
const specs = Object.entries(EVENTS).map(([id, templates]) => eventSpec(id, { templates }));
const params = { templates: TEMPLATES, specs };

interface Signal {
  readonly event: string;
  readonly symbol: string;
  readonly row: number;
  readonly direction: number;
  readonly sign: number;
}
const timeOf = (row: number) => START + row * FIVE;
const order = (a: string | number, b: string | number) => (a < b ? -1 : a > b ? 1 : 0);

/** A table of events in the order of its contract, each once a bar and symbol. */
function eventsOf(signals: readonly Signal[]): Frame {
  const once = new Map(signals.map((s) => [`${s.event} ${s.symbol} ${s.row}`, s]));
  const rows = [...once.values()].sort(
    (a, b) => a.row - b.row || order(a.symbol, b.symbol) || order(a.event, b.event),
  );
  return Frame.of({
    event: textColumn(rows.map((r) => r.event)),
    symbol: textColumn(rows.map((r) => r.symbol)),
    ts: timeColumn(rows.map((r) => timeOf(r.row))),
    direction: rows.map((r) => r.direction),
    sign: rows.map((r) => r.sign),
  });
}
const featuresOf = (bars: Readonly<Record<string, readonly number[]>>) =>
  Object.entries(bars).map(([symbol, x]) => ({
    at: { symbol },
    value: frame({ ts: x.map((_, row) => timeOf(row)), x: Float64Array.from(x) }),
  }));

/** What plain functions make of the same events. */
function slowly(events: Frame, bars: Readonly<Record<string, readonly number[]>>) {
  const fates: Record<string, Record<string, number>> = {};
  const rows = [...events.rows()].flatMap((signal) => {
    const [event, symbol] = [String(signal.event), String(signal.symbol)];
    const row = (Number(signal.ts) - START) / FIVE;
    const side = Number(signal.direction) || Number(signal.sign);
    return namesOf(EVENTS[event] ?? []).flatMap((template) => {
      const made = DECIDED[template]?.(bars[symbol] ?? [], row, side);
      if (!made) return [];
      const tally = fates[`${event} ${template}`] ?? {};
      fates[`${event} ${template}`] = tally;
      tally[made.fate] = (tally[made.fate] ?? 0) + 1;
      if (made.fate !== 'kept' && made.fate !== 'dropped') return [];
      const ts = timeOf(made.row);
      const kept = made.fate === 'kept';
      const at = { signal: timeOf(row), ts, tradable: ts + FIVE };
      return [{ event, template, symbol, ...at, side: made.side, kept }];
    });
  });
  rows.sort(
    (a, b) =>
      a.ts - b.ts ||
      order(a.symbol, b.symbol) ||
      order(a.event, b.event) ||
      order(a.template, b.template) ||
      a.signal - b.signal,
  );
  return { rows, fates };
}

const value = fc.oneof(fc.constant(Number.NaN), fc.integer({ min: -3, max: 3 }));
const series = fc.array(value, { minLength: 12, maxLength: 12 });
const way = fc.constantFrom(-1, 0, 1);
const signal: fc.Arbitrary<Signal> = fc.record({
  event: fc.constantFrom('ALL', 'FEW'),
  symbol: fc.constantFrom('A', 'B'),
  row: fc.integer({ min: 0, max: 11 }),
  direction: way,
  sign: way,
});
const worlds = fc.record({
  bars: fc.record({ B: series, A: series }),
  signals: fc.array(signal, { maxLength: 30 }),
});

describe('discovery.decide', () => {
  it('decides as plain functions do, in order, and counts what it does not decide', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async ({ bars, signals }) => {
        const events = eventsOf(signals);
        const { outs } = await runNode(decide, { events, features: featuresOf(bars) }, params);
        const { rows, fates } = slowly(events, bars);
        expect([...frameOf(outs, 'decisions').rows()]).toEqual(rows);
        for (const { event, template, needs, ...counts } of talliesOf(outs.tally)) {
          const none = { kept: 0, dropped: 0, sideless: 0, unknown: 0, unmet: 0, pending: 0 };
          expect(counts).toEqual({ ...none, ...fates[`${event} ${template}`] });
          expect(needs).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('knows nothing of later bars', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, fc.integer({ min: 1, max: 11 }), async (world, rows) => {
        const early = {
          bars: { A: world.bars.A.slice(0, rows), B: world.bars.B.slice(0, rows) },
          signals: world.signals.filter((s) => s.row < rows),
        };
        const [whole, cut] = await Promise.all(
          [world, early].map(async ({ bars, signals }) => {
            const ins = { events: eventsOf(signals), features: featuresOf(bars) };
            return [...frameOf((await runNode(decide, ins, params)).outs, 'decisions').rows()];
          }),
        );
        expect(cut).toEqual(whole?.filter(({ ts }) => Number(ts) < timeOf(rows)));
      }),
      { numRuns: 30 },
    );
  });

  const bars = { A: [1, 2, 3], B: [1, 2, 3] };
  const one = { event: 'FEW', symbol: 'A', row: 1, direction: 0, sign: -1 };
  const events = eventsOf([one]);
  const features = featuresOf(bars);
  const expected = Frame.of({
    event: textColumn(['FEW', 'FEW']),
    template: textColumn(['keeper(plain)', 'plain']),
    symbol: textColumn(['A', 'A']),
    signal: timeColumn([timeOf(1), timeOf(1)]),
    ts: timeColumn([timeOf(1), timeOf(1)]),
    tradable: timeColumn([timeOf(2), timeOf(2)]),
    side: [-1, -1],
    kept: [false, true],
  });

  nodeTable(decide, {
    gives: [
      {
        name: 'a side of 0 takes the sign, and a filter keeps a row of what it leaves out',
        in: { events, features },
        params: { ...params, spacing: '5m' },
        out: { decisions: expected },
      },
    ],
    refuses: [
      {
        name: 'a condition that is a number',
        in: { events, features },
        params: { ...params, templates: written(template, 'odd', 'direction: [1]\nwhen: x') },
        code: 'discovery/unsound',
        data: {},
      },
      {
        name: 'an event nobody described',
        in: { events, features },
        params: { ...params, specs: specs.slice(0, 1) },
        code: 'discovery/unknown-event',
        data: { event: 'FEW' },
      },
      {
        name: 'an event of a symbol without features',
        in: { events, features: features.slice(1) },
        params,
        code: 'discovery/no-features',
        data: { event: 'FEW', symbol: 'A' },
      },
      {
        name: 'an event between two bars',
        in: { events: events.with('ts', [START + 1]), features },
        params,
        code: 'discovery/off-clock',
        data: { event: 'FEW', symbol: 'A', ts: '2024-01-01T00:00:00.001Z' },
      },
    ],
  });

  it('says which columns a template misses, and decides nothing by it', async () => {
    const without = features.map(({ at, value }) => ({ at, value: value.rename({ x: 'y' }) }));
    const { outs } = await runNode(decide, { events, features: without }, params);
    expect(frameOf(outs, 'decisions').texts('template')).toEqual(['plain']);
    expect(talliesOf(outs.tally).map(({ template, needs }) => [template, needs])).toEqual([
      ['keeper(plain)', ['x']],
      ['plain', []],
    ]);
  });
});

function talliesOf(json: unknown): readonly DecisionTally[] {
  if (!Array.isArray(json)) throw new Error('no tallies');
  return json;
}
