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
  doc: 'Compile pipelines and the specs they use without running anything, and show every problem at once. Without a name: all pipelines, and all specs.',
  args: [{ name: '[pipelines...]', doc: 'Files, or names in dags/ (all of them).' }],
  options: [...PIPELINE_OPTIONS, JSON_OPTION],
  examples: ['dag check', 'dag check tournament --profile smoke'],
  run: (given, io) =>
    withProject(io, async (project) => {
      const named = given.args.map((name) => findPipeline(project.root, io, name));
      const files = named.length > 0 ? named : listPipelines(project.root);
      const problems = new Problems();
      for (const file of files)
        problems.add(...(await problemsOf(project, file, compileOptions(given))));
      // Whoever names pipelines asks about these; else specs that no pipeline uses are looked at too.
      const specs = named.length > 0 ? undefined : await specsOf(project);
      problems.add(...(specs?.problems ?? []));
      const { all, errors } = problems;
      if (given.flag('json')) io.out(problemsJson(all));
      else {
        if (all.length > 0) io.err(`${explain(all, project.root, io.color.err)}\n`);
        io.out(`${summary(files.length, specs?.files, errors.length, all.length)}\n`);
      }
      return errors.length > 0 ? 2 : 0;
    }),
};

function summary(
  pipelines: number,
  specs: number | undefined,
  errors: number,
  all: number,
): string {
  const checked = plural(pipelines, 'pipeline') + (specs ? ` and ${plural(specs, 'spec')}` : '');
  return `${checked}: ${plural(errors, 'error')}, ${plural(all - errors, 'warning')}`;
}

async function specsOf({ root, plugins, pack }: Project) {
  const { checkSpecs } = await import('../graph/check-specs.js');
  return checkSpecs({ root, catalogue: plugins.catalogue, pack });
}

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
