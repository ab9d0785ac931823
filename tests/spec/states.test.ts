import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { globSync } from 'tinyglobby';
import { parse } from 'yaml';
import { ROOT } from '../kit/specs.js';

interface Spec {
  readonly family: string;
  readonly source: string;
  readonly scope?: string;
  readonly min_events?: number;
  readonly templates: readonly string[];
}
interface State extends Spec {
  readonly state: string;
  readonly cases: readonly {
    readonly gives: readonly (boolean | null | { readonly fill: readonly (boolean | null)[] })[];
  }[];
}

const read = <T>(file: string): T => parse(readFileSync(`${ROOT}${file}`, 'utf8')) as T; // as the kinds check
const files = globSync('spec/states/**/*.yaml', { cwd: ROOT }).sort();
const states = files.map((file) => read<State>(file));
const events = globSync('spec/events/**/*.yaml', { cwd: ROOT }).map((file) =>
  read<Spec & { readonly event: string }>(file),
);

/** How many states the reference has of each family, those that any event of it may be conditioned by, and their least events. */
const FAMILIES: readonly (readonly [string, number, Readonly<Record<string, number>>])[] = [
  ['LIQUIDITY_DISLOCATION', 7, {}],
  ['VOLATILITY_TRANSITION', 7, { HIGH_VOL_REGIME: 300, LOW_VOL_REGIME: 300 }],
  ['POSITIONING_EXTREMES', 7, {}],
  ['FORCED_FLOW_AND_EXHAUSTION', 5, {}],
  ['TREND_STRUCTURE', 6, { CHOP_STATE: 250, TRENDING_STATE: 250 }],
  ['STATISTICAL_DISLOCATION', 4, {}],
  ['REGIME_TRANSITION', 5, { RISK_OFF_STATE: 300, RISK_ON_STATE: 300 }],
  ['INFORMATION_DESYNC', 4, {}],
  ['TEMPORAL_STRUCTURE', 5, {}],
  ['EXECUTION_FRICTION', 3, {}],
];

describe('the 53 states', () => {
  it.each(FAMILIES)('%s has %i', (family, count, safe) => {
    const own = states.filter((s) => s.family === family);
    expect(own).toHaveLength(count);
    const safes = own.filter((s) => s.scope === 'family_safe');
    expect(Object.fromEntries(safes.map((s) => [s.state, s.min_events]))).toEqual(safe);
    for (const s of own) if (!safes.includes(s)) expect(s.min_events ?? 200).toBe(200);
  });

  it.each(states.map((s) => [s.state, s] as const))(
    '%s comes from an event of its family, is traded as events of it are, and shows on, off and missing',
    (_id, { family, source, templates, cases }) => {
      const kin = events.filter((e) => e.family === family);
      expect(kin.map((e) => e.event)).toContain(source);
      const legal = new Set(kin.flatMap((e) => e.templates));
      expect(templates.filter((t) => !legal.has(t))).toEqual([]);
      const told = cases.flatMap(({ gives }) =>
        gives.flatMap((cell) => (typeof cell === 'object' && cell ? cell.fill : [cell])),
      );
      expect(new Set(told)).toEqual(new Set([true, false, null]));
    },
  );
});
