import { type Diagnostic, reporter } from '../diag/diagnostic.js';
import { Problems } from '../diag/problems.js';
import { Refusal } from '../diag/refusal.js';
import { plural } from '../report/format.js';
import type { Project } from '../run/project.js';
import type { Command } from './shared/command.js';
import { JSON_OPTION, PIPELINE_OPTIONS } from './shared/command.js';
import { explain, problemsJson } from './shared/explain.js';
import type { Io } from './shared/io.js';
import { compileOptions, findPipeline, listPipelines } from './shared/pipeline.js';
import { withProject } from './shared/project.js';

const report = reporter({
  'check/needs-set': 'This pipeline needs --set {name}=…: what depends on it was not checked.',
});

/** `dag check` */
export const check: Command = {
  name: 'check',
  doc: 'Compile pipelines and the specs they use without running anything, and show every problem at once. Without a name: all pipelines, and all specs; a pipeline that needs a value of --set is only noted.',
  args: [{ name: '[pipelines...]', doc: 'Files, or names in dags/ (all of them).' }],
  options: [...PIPELINE_OPTIONS, JSON_OPTION],
  examples: ['dag check', 'dag check tournament --profile smoke'],
  run: (given, io) =>
    withProject(io, async (project) => {
      const named = given.args.map((name) => findPipeline(project.root, io, name));
      const files = named.length > 0 ? named : listPipelines(project.root);
      const problems = new Problems();
      for (const file of files) {
        const found = await problemsOf(project, file, compileOptions(given));
        problems.add(...(named.length > 0 ? found : found.map(noted)));
      }
      // Whoever names pipelines asks about these; else specs that no pipeline uses are looked at too.
      const specs = named.length > 0 ? undefined : await specsOf(project);
      problems.add(...(specs?.problems ?? []));
      const checked = { pipelines: files.length, specs: specs?.files };
      tell(io, given.flag('json'), project.root, problems, checked);
      return problems.failed ? 2 : 0;
    }),
};

/** How much was looked at. */
interface Checked {
  readonly pipelines: number;
  readonly specs: number | undefined;
}

function tell(io: Io, json: boolean, root: string, { all, errors }: Problems, checked: Checked) {
  if (json) {
    io.out(problemsJson(all));
    return;
  }
  if (all.length > 0) io.err(`${explain(all, root, io.color.err)}\n`);
  io.out(`${summary(checked, errors.length, all.length)}\n`);
}

/** Of all pipelines none is meant to run as it is: one that waits for a value of the command line is not wrong. */
function noted(problem: Diagnostic): Diagnostic {
  const { code, place, facts } = problem;
  if (code !== 'graph/needs-value') return problem;
  const about = { file: place?.file, name: facts.name };
  const hint = `\`dag check ${about.file} --set ${facts.name}=…\` checks it`;
  return report('check/needs-set', place, about, { hint, severity: 'warning' });
}

function summary({ pipelines, specs }: Checked, errors: number, all: number): string {
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
