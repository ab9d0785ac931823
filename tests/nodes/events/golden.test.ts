import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import registry from '../../../nodes/events/registry.js';
import table from '../../../nodes/features/table.js';
import { event } from '../../../nodes/kinds/event.js';
import { feature } from '../../../nodes/kinds/feature.js';
import { clock, frame } from '../../kit/frame.js';
import { runNode } from '../../kit/node.js';
import { frameAt } from '../../kit/real.js';
import { installFormulas, ROOT, specsOf } from '../../kit/specs.js';

interface Golden {
  readonly cases: readonly {
    readonly first_bar_open_utc: string;
    readonly frame: Readonly<Record<string, readonly (number | null)[]>>;
    readonly events: Readonly<
      Record<
        string,
        {
          readonly min_gap_bars: number;
          readonly event_bar_index_level: readonly number[];
          readonly event_bar_index_onset: readonly number[];
        }
      >
    >;
  }[];
}

/** These fire on every bar of their mask; the others where it begins. */
const LEVELS: ReadonlySet<string> = new Set([
  'SESSION_OPEN_EVENT',
  'SESSION_CLOSE_EVENT',
  'FUNDING_TIMESTAMP_EVENT',
]);
/**
 * Rows from which the two agree: the golden fills the warm-up of the stretch with 0 (operators.md, appendix A), and on the
 * very first row nobody can tell whether a print has just arrived.
 */
const FROM: Readonly<Record<string, number>> = {
  ZSCORE_STRETCH: 300,
  OVERSHOOT_AFTER_SHOCK: 300,
  FUNDING_TIMESTAMP_EVENT: 1,
};

const HOUR = 3_600_000;
const path = `${ROOT}tests/golden/event-research/detectors.json`;
const { cases } = JSON.parse(readFileSync(path, 'utf8')) as Golden; // as its README describes
const [golden] = cases;
if (!golden) throw new Error('The golden file has no case.');

describe('the shipped events, on the bars of the public detectors', () => {
  installFormulas();
  const start = Date.parse(golden.first_bar_open_utc);
  const column = (name: string) => (golden.frame[name] ?? []).map((v) => v ?? Number.NaN);
  const rows = column('close').length;
  const ts = clock(rows, 300_000, start);
  const [close, ones] = [column('close'), new Array<number>(rows).fill(1)];
  const traded = { volume: ones, quote_volume: ones, trade_count: ones, taker_base_volume: ones };
  const bars = frame({
    ts,
    open: close,
    high: column('high'),
    low: column('low'),
    close,
    ...traded,
  });
  const prints = ts.filter((t) => t % (8 * HOUR) === 0);
  const funding = frame({
    ts: prints,
    rate: prints.map(() => 0.0001),
    interval_hours: prints.map(() => 8),
  });
  const ins: Record<string, unknown> = {};
  beforeAll(async () => {
    const specs = specsOf(feature, 'spec/features/**/*.yaml');
    const { outs } = await runNode(table, { bars, funding }, { specs });
    // The usual range is that of the golden, whose window is short enough for its bars.
    const [range, usual] = [column('range_96'), column('range_med_2880')];
    const features = frameAt(outs, 'features')
      .with('range_med_2880', usual)
      .with(
        'compression',
        range.map((r, i) => r / (usual[i] ?? Number.NaN)),
      );
    expect([...features.column('range_96')]).toEqual(range);
    ins.features = [{ at: { symbol: 'A' }, value: features }];
    ins.funding = [{ at: { symbol: 'A' }, value: funding }];
  });

  it.each(Object.entries(golden.events))('%s', async (id, found) => {
    const [spec] = specsOf(event, id);
    const { outs } = await runNode(registry, ins, { event: spec });
    const from = FROM[id] ?? 0;
    const level = found.event_bar_index_level;
    const wanted = LEVELS.has(id) ? level : found.event_bar_index_onset;
    const fired = Array.from(frameAt(outs, 'events').time('ts'), (t) => (t - start) / 300_000);
    expect(fired.filter((i) => i >= from)).toEqual(wanted.filter((i) => i >= from));
    expect(spec?.cooldown).toBe(`${found.min_gap_bars}b`);
    expect(wanted.length).toBeGreaterThan(0);
  });
});
