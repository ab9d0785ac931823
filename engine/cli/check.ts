import { Problems } from '../diag/problems.js';
import { Refusal } from '../diag/refusal.js';
import { plural } from '../report/format.js';
import type { Project } from '../run/project.js';
import type { Command } from './shared/command.js';
import { JSON_OPTION, PIPELINE_OPTIONS } from './shared/command.js';
import { explain, problemsJson } from './shared/explain.js';
import { compileOptions, findPipeline, listPipelines } from './shared/pipeline.js';
import { withProject } from './shared/project.js';

/** `dag check` */
export const check: Command = {
  name: 'check',
  doc: 'Compile pipelines and the specs they use without running anything, and show every problem at once.',
  args: [{ name: '[pipelines...]', doc: 'Files, or names in dags/ (all of them).' }],
  options: [...PIPELINE_OPTIONS, JSON_OPTION],
  examples: ['dag check', 'dag check tournament --profile binance'],
  run: (given, io) =>
    withProject(io, async (project) => {
      const files =
        given.args.length > 0
          ? given.args.map((name) => findPipeline(project.root, io, name))
          : listPipelines(project.root);
      const problems = new Problems();
      for (const file of files)
        problems.add(...(await problemsOf(project, file, compileOptions(given))));
      const { all, errors } = problems;
      if (given.flag('json')) io.out(problemsJson(all));
      else {
        if (all.length > 0) io.err(`${explain(all, project.root, io.color.err)}\n`);
        io.out(
          `${plural(files.length, 'pipeline')}: ${plural(errors.length, 'error')}, ${plural(all.length - errors.length, 'warning')}\n`,
        );
      }
      return errors.length > 0 ? 2 : 0;
    }),
};

async function problemsOf(
  project: Project,
  file: string,
  options: ReturnType<typeof compileOptions>,
) {
  const { compile } = await import('../run/compile.js');
  try {
    return (await compile(project, file, options)).warnings;
  } catch (error) {
    if (error instanceof Refusal) return error.diagnostics;
    throw error;
  }
}
