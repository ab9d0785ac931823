import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { limitsAt, type Policy, recruit } from '../../../nodes/math/recruit.js';
import type { PoolAtom } from '../../../nodes/math/vetoes.js';
import { refused } from './refused.js';

interface GoldenAtom {
  readonly id: string;
  readonly identity: string;
  readonly direction: 'LONG' | 'SHORT';
  readonly score: number;
  readonly entropy: number;
  readonly efficiency: number;
  readonly hurst: number;
  readonly kurtosis: number;
  readonly annualVol: number;
  readonly roc: number;
  readonly dailyVolPct: number;
  readonly momentum: number;
  readonly survival: number;
  readonly valueTraded: number;
  readonly hasExecutionMetadata: boolean;
  readonly isBenchmark: boolean;
}
interface GoldenParams {
  readonly entropyMax: number;
  readonly efficiencyMin: number;
  readonly kurtosisMax: number;
  readonly annualVolMax: number;
  readonly survivalMin: number;
  readonly eciHurdle: number;
  readonly advDefault: number;
  readonly rocMax: number;
  readonly rocMin: number;
  readonly dailyVolMax: number;
  readonly topN: number;
  readonly floor: number;
  readonly maxWinners: number;
  readonly toxicEntropy: number;
  readonly relaxEntropy: number;
  readonly relaxEfficiency: number;
  readonly entropyTrigger: number;
  readonly entropyTighten: number;
}
interface GoldenStage {
  readonly stage: number;
  readonly entropyMax: number;
  readonly efficiencyMin: number;
  readonly forced: readonly string[];
  readonly balancedFallback: readonly string[];
  readonly scarcityFallback: readonly string[];
  readonly vetoes: Readonly<Record<string, readonly string[]>>;
  readonly winnerCount: number;
}
interface GoldenCase {
  readonly id: string;
  readonly input: {
    readonly atoms: readonly GoldenAtom[];
    readonly clusters: Readonly<Record<string, readonly string[]>>;
    readonly params: GoldenParams & { readonly allowShort: boolean };
  };
  readonly expected: {
    readonly meanEntropy: number;
    readonly hardened: boolean;
    readonly finalStage: number;
    readonly stages: readonly GoldenStage[];
    readonly winners: readonly string[];
  };
}

const cases: readonly GoldenCase[] = JSON.parse(
  readFileSync('tests/golden/selection-allocation/htr-policy.json', 'utf8'),
).cases;

const policyOf = (p: GoldenCase['input']['params']): Policy => ({
  entropyMost: p.entropyMax,
  efficiencyLeast: p.efficiencyMin,
  kurtosisMost: p.kurtosisMax,
  volatilityMost: p.annualVolMax,
  survivalLeast: p.survivalMin,
  hurdle: p.eciHurdle,
  orderSize: 1e6,
  usualValue: p.advDefault,
  rocMost: p.rocMax,
  rocLeast: p.rocMin,
  dailyVolatilityMost: p.dailyVolMax,
  topN: p.topN,
  floor: p.floor,
  atMost: p.maxWinners,
  allowShort: p.allowShort,
  toxicEntropy: p.toxicEntropy,
  relaxEntropy: p.relaxEntropy,
  relaxEfficiency: p.relaxEfficiency,
  entropyTrigger: p.entropyTrigger,
  tightenEntropy: p.entropyTighten,
});

const atomOf = (a: GoldenAtom): PoolAtom => ({
  ...a,
  volatility: a.annualVol,
  dailyVolatility: a.dailyVolPct,
  executable: a.hasExecutionMetadata,
  benchmark: a.isBenchmark,
});

describe('recruit, reference cases', () => {
  for (const { id, input, expected } of cases) {
    const policy = policyOf(input.params);
    const pool = input.atoms.map(atomOf);
    const clusters = pool.map((atom) =>
      Number(Object.keys(input.clusters).find((name) => input.clusters[name]?.includes(atom.id))),
    );
    for (const stage of expected.stages) {
      it(`${id}, stage ${stage.stage}`, () => {
        const got = recruit(pool, clusters, policy, stage.stage);
        const reasons = (reason: string) =>
          got.winners.filter((w) => w.reason === reason).map((w) => w.atom.id);
        expect(got.limits.entropyMost).toBeCloseTo(stage.entropyMax, 12);
        expect(got.limits.efficiencyLeast).toBeCloseTo(stage.efficiencyMin, 12);
        const vetoes = [...got.vetoes].filter(([, list]) => list.length > 0);
        expect(
          Object.fromEntries(vetoes.map(([atom, list]) => [atom, list.map((v) => v.reason)])),
        ).toEqual(stage.vetoes);
        expect(reasons('forced').sort()).toEqual([...stage.forced].sort());
        expect(reasons('balanced').sort()).toEqual([...stage.balancedFallback].sort());
        expect(reasons('scarcity').sort()).toEqual([...stage.scarcityFallback].sort());
        expect(got.winners.length).toBe(stage.winnerCount);
        expect(got.meanEntropy).toBeCloseTo(expected.meanEntropy, 12);
        expect(got.hardened).toBe(expected.hardened);
        if (stage.stage === expected.finalStage) {
          expect(got.winners.map((w) => w.atom.id)).toEqual(expected.winners);
        }
      });
    }
  }
});

describe('limitsAt', () => {
  it('refuses a fifth stage', () => {
    const [first] = cases;
    if (!first) throw new Error('no cases');
    expect(refused(() => limitsAt(policyOf(first.input.params), 5, false))).toMatchObject({
      code: 'math/out-of-range',
    });
  });
});
