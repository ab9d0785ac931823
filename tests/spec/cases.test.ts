import { beforeAll, describe, expect, it } from '@jest/globals';
import { globSync } from 'tinyglobby';
import { CaseRunner } from '../../engine/cli/cases/files.js';
import { shipped } from '../kit/shipped.js';
import { ROOT } from '../kit/specs.js';

const of = (glob: string) => globSync(glob, { cwd: ROOT }).sort();

/** What `dag test` says of every spec that ships. */
describe('the cases inside specs', () => {
  let runner: CaseRunner;
  beforeAll(async () => {
    runner = new CaseRunner(ROOT, (await shipped()).catalogue);
  });

  describe.each([
    ['features', of('spec/features/**/*.yaml'), 1],
    ['targets and states', of('spec/{targets,states}/**/*.yaml'), 1],
    ['formulas', of('spec/formulas/*.yaml'), 1],
    // One that fires, a near miss, and one that the cooldown drops.
    ['events', of('spec/events/**/*.yaml'), 3],
  ])('%s', (_kind, files, least) => {
    for (const file of files)
      it(file, () => {
        const { cases, problems } = runner.run(file);
        expect(problems.map((p) => p.message)).toEqual([]);
        expect(cases).toBeGreaterThanOrEqual(least);
      });
  });
});
