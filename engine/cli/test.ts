import { Problems } from '../diag/problems.js';
import { plural } from '../report/format.js';
import type { FileResult } from './cases/files.js';
import type { Command } from './shared/command.js';
import { JSON_OPTION } from './shared/command.js';
import { explain, problemsJson } from './shared/explain.js';
import { withProject } from './shared/project.js';

/** `dag test` */
export const test: Command = {
  name: 'test',
  doc: 'Run the cases that stand inside specs: features, events, targets, states, composed operators. Specs are checked first: exit 2 if one is wrong, 1 if a case does not hold.',
  args: [{ name: '[paths...]', doc: 'Files or folders (spec/).' }],
  options: [JSON_OPTION],
  examples: ['dag test', 'dag test spec/events/VOLATILITY_TRANSITION'],
  run: (given, io) =>
    withProject(io, async (project) => {
      const { root, plugins, pack } = project;
      const { CaseRunner, specFiles } = await import('./cases/files.js');
      const { specProblems } = await import('./cases/sound.js');
      const runner = new CaseRunner(root, plugins.catalogue, pack);
      const files = specFiles(root, io.cwd, given.args.length > 0 ? given.args : ['spec']);
      const problems = new Problems();
      problems.add(...(await specProblems(project, files)));
      const unsound = problems.failed;
      const wrong = new Set(problems.errors.map((p) => p.place?.file));
      const sound = files.filter((file) => !wrong.has(file));
      const results = sound.map((file) => runner.run(file));
      problems.add(...results.flatMap((r) => r.problems));
      const { all, errors } = problems;
      if (given.flag('json')) io.out(problemsJson(all, counts(results)));
      else {
        if (all.length > 0) io.err(`${explain(all, root, io.color.err)}\n`);
        io.out(`${summary(results, files.length - sound.length, errors.length)}\n`);
      }
      return unsound ? 2 : errors.length > 0 ? 1 : 0;
    }),
};

/** How many files without cases are named. */
const NAMED = 3;

function summary(results: readonly FileResult[], refused: number, errors: number): string {
  const { cases, specs } = counts(results);
  const held =
    errors > 0 ? plural(errors, 'problem') : cases > 0 ? 'all hold' : 'nothing was tested';
  const bare = results.filter((r) => r.cases === 0 && r.formulas).map((r) => r.file);
  const rest = bare.length > NAMED ? ` and ${bare.length - NAMED} more` : '';
  const none = bare.length > 0 ? `; no cases in ${bare.slice(0, NAMED).join(', ')}${rest}` : '';
  const wrong = refused > 0 ? `; the cases of ${plural(refused, 'wrong spec')} were not run` : '';
  return `${plural(cases, 'case')} in ${plural(specs, 'spec')}: ${held}${none}${wrong}`;
}

/** How many cases were run, and in how many specs. */
function counts(results: readonly FileResult[]) {
  return {
    cases: results.reduce((sum, r) => sum + r.cases, 0),
    specs: results.filter((r) => r.cases > 0).length,
  };
}
