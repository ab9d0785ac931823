import { describe, expect, it } from '@jest/globals';
import { evaluate, SHOWN } from '../../../../engine/expr/program.js';
import { Frame } from '../../../../engine/frame/frame.js';
import { bars, barTable, compileAll, listsOf, START } from '../kit.js';
import { cells, golden, type Numbers } from './kit.js';

interface Detectors {
  readonly cases: readonly {
    readonly label: string;
    readonly first_bar_open_utc: string;
    readonly frame: Record<string, Numbers>;
    readonly events: Record<
      string,
      {
        readonly min_gap_bars: number;
        readonly event_bar_index_onset: readonly number[];
        readonly event_bar_index_level: readonly number[];
      }
    >;
  }[];
}

const FEATURES = {
  ret_1: 'pct_change(close, 1)',
  ret_12: 'pct_change(close, 12)',
  ret_96: 'pct_change(close, 96)',
  abs_ret_1: 'abs(ret_1)',
  abs_ret_96: 'abs(ret_96)',
  range_1: '(high - low) / close',
  rv_z: 'zscore(rv_96, 288, min=72)',
  compression: 'range_96 / range_med_2880',
  stretch: 'zscore(ret_12, 288, min=72)',
};
/** The masks of operators.md, appendix A, with their clauses. */
const MASKS: Readonly<Record<string, string>> = {
  VOL_SPIKE: 'rv_z >= max(2, past_quantile(rv_z, 0.97))',
  vcs_jump: 'abs(diff(rv_z))',
  VOL_CLUSTER_SHIFT: 'vcs_jump >= past_quantile(vcs_jump, 0.98)',
  BREAKOUT_TRIGGER:
    '(close > lag(highest(close, 96, min=24), 1) or close < lag(lowest(close, 96, min=24), 1)) and lag(compression, 1) <= 0.85',
  RANGE_BREAKOUT:
    '(close > lag(high_96, 1) or close < lag(low_96, 1)) and rv_96 >= past_quantile(rv_96, 0.50)',
  speed: 'diff(abs_ret_96, 3)',
  TREND_ACCELERATION:
    'abs_ret_96 >= past_quantile(abs_ret_96, 0.70) and speed >= past_quantile(speed, 0.90) and sign(mean(ret_1, 3)) == sign(ret_96)',
  trend: 'abs_ret_96 >= past_quantile(abs_ret_96, 0.70)',
  TREND_DECELERATION:
    'lag(trend, 1) and speed <= past_quantile(speed, 0.10) and ret_1 * lag(ret_96, 1) <= 0',
  modest:
    'abs_ret_1 >= past_quantile(abs_ret_1, 0.40) and abs_ret_1 <= past_quantile(abs_ret_1, 0.75)',
  PULLBACK_PIVOT:
    'lag(trend, 1) and ret_1 * lag(ret_96, 1) < 0 and modest and range_1 <= past_quantile(range_1, 0.80)',
  SUPPORT_RESISTANCE_BREAK:
    '(close > lag(highest(high, 288, min=96), 1) or close < lag(lowest(low, 288, min=96), 1)) and rv_96 >= past_quantile(rv_96, 0.60)',
  TREND_EXHAUSTION_TRIGGER:
    'abs_ret_96 >= past_quantile(abs_ret_96, 0.85) and ret_1 * ret_96 <= 0 and rv_z >= past_quantile(rv_z, 0.50)',
  big: 'abs_ret_1 >= past_quantile(abs_ret_1, 0.95)',
  FAILED_CONTINUATION: 'lag(big, 1) and ret_1 * lag(ret_1, 1) < 0',
  ZSCORE_STRETCH: 'abs(stretch) >= max(2, past_quantile(abs(stretch), 0.96))',
  OVERSHOOT_AFTER_SHOCK:
    'lag(rv_z >= past_quantile(rv_z, 0.95), 1) and abs(stretch) >= past_quantile(abs(stretch), 0.95)',
  VOL_REGIME_SHIFT_EVENT:
    'crosses_above(rv_96, past_quantile(rv_96, 0.66)) or crosses_below(rv_96, past_quantile(rv_96, 0.33))',
};
/** These fire on every bar of their mask. */
const LEVELS: Readonly<Record<string, string>> = {
  SESSION_OPEN_EVENT: 'minute == 0 and hour in [0, 8, 13]',
  SESSION_CLOSE_EVENT: 'minute >= 55 and hour in [7, 12, 23]',
  FUNDING_TIMESTAMP_EVENT: 'minute == 0 and hour in [0, 8, 16]',
};
/** The golden fills the warm-up of the stretch with 0; from here on the two agree (operators.md, appendix A). */
const WARM_FROM: Readonly<Record<string, number>> = { ZSCORE_STRETCH: 300 };

describe('detectors (public, causal ones)', () => {
  const [each] = golden<Detectors>('event-research/detectors.json').cases;
  if (each === undefined) throw new Error('The golden file has no case.');
  const names = Object.keys(each.frame);
  const onsets = Object.keys(MASKS).filter((id) => id in each.events);
  const gap = (id: string): number => each.events[id]?.min_gap_bars ?? 1;
  const fires = Object.fromEntries([
    ...onsets.map((id) => [`fires_${id}`, `cooldown(rises(${id}), ${gap(id)})`]),
    ...Object.keys(LEVELS).map((id) => [`fires_${id}`, `cooldown(${id}, ${gap(id)})`]),
  ]);
  const { program, problems } = compileAll(
    { ...FEATURES, ...MASKS, ...LEVELS, ...fires },
    { self: barTable(names) },
  );
  const frame = Frame.of(
    Object.fromEntries(Object.entries(each.frame).map(([name, values]) => [name, cells(values)])),
  ).with('ts', { dtype: 'time', values: bars(1600) });
  const found =
    problems.length > 0 ? {} : listsOf(evaluate(program, { self: frame }, undefined, SHOWN));

  it('compile without a word', () => {
    expect(problems).toEqual([]);
    expect(Date.parse(each.first_bar_open_utc)).toBe(START);
    expect(Object.keys(each.events).sort()).toEqual([...onsets, ...Object.keys(LEVELS)].sort());
  });

  for (const id of [...onsets, ...Object.keys(LEVELS)])
    it(`${id} fires on the same bars`, () => {
      const told = each.events[id];
      const expected = id in LEVELS ? told?.event_bar_index_level : told?.event_bar_index_onset;
      const from = WARM_FROM[id] ?? 0;
      const rows = (found[`fires_${id}`] ?? []).flatMap((v, i) => (v === true ? [i] : []));
      expect(rows.filter((i) => i >= from)).toEqual((expected ?? []).filter((i) => i >= from));
      expect(rows.length).toBeGreaterThan(0);
    });
});
