import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Calibration } from '../../nodes/kinds/calibration.js';
import { TestProject } from '../kit/project.js';

/*
 * The shipped discovery on markets without effects, as a user runs it. Every market is drawn from its seed, so what is found
 * does not change from run to run; `PLACEBO_SEEDS` looks at more of them.
 */

const SEEDS = Number(process.env.PLACEBO_SEEDS ?? 20);
jest.setTimeout(60_000 + SEEDS * 20_000);

const project = new TestProject(['nodes', 'spec', 'dags']);
let found: Calibration;

beforeAll(async () => {
  project.build();
  const seeds = Array.from({ length: SEEDS }, (_, i) => i + 1).join(',');
  const ran = await project.dag('run', 'dags/placebo.yaml', '--set', `seeds=${seeds}`);
  if (ran.code !== 0) throw new Error(ran.err);
  const shown = await project.dag('show', 'calibration', '--json');
  found = JSON.parse(shown.out);
});
afterAll(() => project.remove());

describe(`discovery in ${SEEDS} markets without effects`, () => {
  it('looks at all of them, with hypotheses enough to be wrong about', () => {
    expect(found.markets).toBe(SEEDS);
    expect(found.tests).toBeGreaterThan(50);
  });

  it('finds something no more often than it says', () => {
    for (const { level, low, kept } of found.levels) {
      expect(low).toBeLessThanOrEqual(level);
      expect(kept).toBe(true);
    }
  });

  it('has no more small p-values than there may be', () => {
    for (const { limit, share, error } of found.tails) {
      if (limit > 0.2) continue;
      expect(share ?? Number.NaN).toBeLessThanOrEqual(limit + 3 * (error ?? Number.NaN) + 1e-3);
    }
  });
});
