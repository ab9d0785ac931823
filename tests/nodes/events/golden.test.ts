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
          readonly mask_bar_index: readonly number[];
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
 * very first row nobody can tell whether a print has just arrived. Sessions are told once their sign, of an hour's return, is known.
 */
const FROM: Readonly<Record<string, number>> = {
  ZSCORE_STRETCH: 300,
  OVERSHOOT_AFTER_SHOCK: 300,
  FUNDING_TIMESTAMP_EVENT: 1,
  SESSION_OPEN_EVENT: 12,
  SESSION_CLOSE_EVENT: 12,
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

  /** Bars on which a spec fires, as the golden numbers them. */
  async function firedBy(spec: unknown): Promise<readonly number[]> {
    const { outs } = await runNode(registry, ins, { event: spec });
    return Array.from(frameAt(outs, 'events').time('ts'), (t) => (t - start) / 300_000);
  }

  describe.each(Object.entries(golden.events))('%s', (id, found) => {
    const settled = (bars: readonly number[], least = 0) =>
      bars.filter((i) => i >= Math.max(least, FROM[id] ?? 0));
    const gap = `${found.min_gap_bars}b`;
    const wanted = {
      mask: found.mask_bar_index,
      level: found.event_bar_index_level,
      onset: found.event_bar_index_onset,
    };

    it('fires as shipped', async () => {
      const [spec] = specsOf(event, id);
      const shipped = LEVELS.has(id) ? wanted.level : wanted.onset;
      expect(spec?.cooldown).toBe(gap);
      expect(settled(await firedBy(spec))).toEqual(settled(shipped));
      expect(settled(shipped).length).toBeGreaterThan(0);
    });

    it.each([
      ['its mask, bar by bar', 'mask', '1b'],
      ['its mask after its cooldown', 'level', gap],
      ['the beginnings of its mask after its cooldown', 'onset', gap],
    ] as const)('%s', async (_, which, cooldown) => {
      const onset = which === 'onset';
      const fired = await firedBy(rewritten(id, onset, cooldown));
      // What is true on the very first row may have been true before.
      const least = onset ? 1 : 0;
      expect(settled(fired, least)).toEqual(settled(wanted[which], least));
    });
  });
});

/** A shipped event that fires on its mask or where that begins, with a cooldown of its own. */
function rewritten(id: string, onset: boolean, cooldown: string) {
  const [spec] = specsOf(event, id, (file) => {
    const text = readFileSync(`${ROOT}${file}`, 'utf8');
    const [line = '', mask = ''] =
      /^fires: (?:rises\((.*)\)|(.*))$/m.exec(text)?.filter(Boolean) ?? [];
    return text
      .replace(line, `fires: ${onset ? `rises(${mask})` : mask}`)
      .replace(/^cooldown: .*$/m, `cooldown: ${cooldown}`);
  });
  return spec;
}
