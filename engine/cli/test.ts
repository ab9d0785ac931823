import { plural } from '../report/format.js';
import type { Command } from './shared/command.js';
import { JSON_OPTION } from './shared/command.js';
import { explain, problemsJson } from './shared/explain.js';
import { withProject } from './shared/project.js';

/** `dag test` */
export const test: Command = {
  name: 'test',
  doc: 'Run the cases that stand inside specs: features, events, targets, states, composed operators. Exit 1 if one does not hold.',
  args: [{ name: '[paths...]', doc: 'Files or folders (spec/).' }],
  options: [JSON_OPTION],
  examples: ['dag test', 'dag test spec/events/VOLATILITY_TRANSITION'],
  run: (given, io) =>
    withProject(io, async ({ root, plugins }) => {
      const { CaseRunner, specFiles } = await import('./cases/files.js');
      const runner = new CaseRunner(root, plugins.catalogue);
      const files = specFiles(root, io.cwd, given.args.length > 0 ? given.args : ['spec']);
      const results = files.map((file) => runner.run(file));
      const problems = results.flatMap((r) => r.problems);
      const wrong = problems.some((p) => p.severity === 'error');
      if (given.flag('json')) io.out(problemsJson(problems));
      else {
        if (problems.length > 0) io.err(`${explain(problems, root, io.color.err)}\n`);
        const tested = results.filter((r) => r.cases > 0);
        const cases = tested.reduce((sum, r) => sum + r.cases, 0);
        io.out(
          `${plural(cases, 'case')} in ${plural(tested.length, 'spec')}: ${wrong ? plural(problems.length, 'problem') : 'all hold'}\n`,
        );
      }
      return wrong ? 1 : 0;
    }),
};
