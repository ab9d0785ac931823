import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestProject } from '../kit/project.js';
import { mustRun } from './kit/command.js';
import { cut, flipBit } from './kit/damage.js';
import { forget, objectsIn, Saved } from './kit/lakes.js';
import { fresh, toyProject } from './kit/project.js';
import { numbers } from './kit/random.js';
import { DAMAGED_LAKES, LARGE, SEED } from './kit/settings.js';
import { audit, countsOf, type State, stateOf } from './kit/state.js';

/*
 * Objects that are not what they were: whatever is read is noticed and made anew in the same run, which ends with the digests of
 * an undisturbed one; whatever lies there is found by the audit.
 */

const RUN = 'dags/diamond.yaml';
/** Reads every object of the run before: all keys are others, but for the node that makes the numbers. */
const READ_ALL = ['run', RUN, '--set', 'stages.doubled.with.by=5'];

let project: TestProject;
let lake: string;
let saved: Saved;
let state: State;
beforeAll(async () => {
  project = toyProject();
  lake = project.path('lake');
  state = await fresh(project, RUN);
  saved = new Saved(lake);
});
afterAll(() => project.remove());

type Damage = readonly [name: string, harm: (path: string) => void];
const bit = (path: string) => numbers(SEED, path.slice(-64))();
const DAMAGE: readonly Damage[] = [
  ['flipped', (path) => flipBit(path, bit(path))],
  ['flipped with a new date', (path) => flipBit(path, bit(path), { touched: true })],
  ['cut', (path) => cut(path, 0.5)],
  ['empty', (path) => cut(path, 0)],
  ['deleted', (path) => rmSync(path)],
  ['replaced by a folder', replaceByFolder],
];

function replaceByFolder(path: string): void {
  rmSync(path);
  mkdirSync(join(path, 'inside'), { recursive: true });
}

/** One kind for all objects; by default every object has another. */
const CASES: readonly Damage[] = LARGE ? [...DAMAGE, mixed(DAMAGE)] : [mixed(DAMAGE)];
/** A bit that flips without a trace in size and date is found when it is read, or by the audit. */
const TRACED: readonly Damage[] = LARGE ? DAMAGE.slice(1) : [mixed(DAMAGE.slice(1))];

function mixed(kinds: readonly Damage[]): Damage {
  let count = 0;
  return ['in many ways', (path) => kinds[count++ % kinds.length]?.[1](path)];
}

describe('damaged objects', () => {
  it.each(CASES)(
    '%s: found by the audit, each one',
    async (_name, harm) => {
      saved.restore();
      const all = objectsIn(lake);
      for (const path of all) harm(path);
      const { code, damaged } = await audit(project.root);
      expect(code).toBe(1);
      expect(damaged.map((line) => line.slice(-64)).sort()).toEqual(
        all.map((p) => p.slice(-64)).sort(),
      );
      const [one = ''] = all;
      saved.restore();
      harm(one);
      expect((await audit(project.root)).damaged.map((line) => line.slice(-64))).toEqual([
        one.slice(-64),
      ]);
    },
    60_000,
  );

  it.each(CASES)(
    '%s: what is read is made anew in the same run',
    async (_name, harm) => {
      saved.restore();
      await mustRun(project.root, READ_ALL);
      const undisturbed = stateOf(lake);
      saved.restore();
      for (const path of objectsIn(lake)) harm(path);
      const { err } = await mustRun(project.root, READ_ALL);
      expect(err).toContain('store/remade');
      expect(stateOf(lake)).toEqual(undisturbed);
    },
    60_000,
  );

  it.each(TRACED)(
    '%s: a warm run makes the outputs of the pipeline anew',
    async (_name, harm) => {
      saved.restore();
      for (const path of objectsIn(lake)) harm(path);
      await mustRun(project.root, ['run', RUN]);
      expect(stateOf(lake)).toEqual(state);
      expect(await audit(project.root)).toMatchObject({ code: 0, damaged: [] });
      await mustRun(project.root, ['run', RUN]);
      expect(countsOf(lake)).toEqual({ cached: 5 });
    },
    60_000,
  );
});

const many = DAMAGED_LAKES > 0 ? describe : describe.skip;
many('smoke, with objects damaged and items forgotten at random', () => {
  it(
    `ends with the same digests: ${DAMAGED_LAKES} lakes`,
    async () => {
      const smoke = new TestProject(['nodes', 'spec', 'dags']);
      smoke.build();
      const undisturbed = await fresh(smoke, 'dags/smoke.yaml');
      const before = new Saved(smoke.path('lake'));
      const random = numbers(SEED, 'lakes');
      for (let count = 0; count < DAMAGED_LAKES; count++) {
        before.restore();
        const [share, lost] = [random() * random(), random()];
        const harmed = objectsIn(before.lake).filter(() => random() < share);
        for (const path of harmed) DAMAGE[Math.floor(random() * DAMAGE.length)]?.[1](path);
        expect((await audit(smoke.root)).damaged).toHaveLength(harmed.length);
        forget(before.lake, () => random() < lost);
        await mustRun(smoke.root, ['run', 'dags/smoke.yaml', '--json']);
        expect({ count, ...stateOf(before.lake) }).toEqual({ count, ...undisturbed });
      }
      smoke.remove();
    },
    120_000 + DAMAGED_LAKES * 30_000,
  );
});
