import type { Command } from './shared/command.js';
import { JSON_OPTION, PIPELINE_OPTIONS } from './shared/command.js';
import { compileOptions, findPipeline } from './shared/pipeline.js';
import { withProject } from './shared/project.js';

/** `dag plan` */
export const plan: Command = {
  name: 'plan',
  doc: 'Show what a run would do, and why: what is cached, and of the rest which parameter, file, code or input changed.',
  args: [{ name: '<pipeline>', doc: 'A file, or the name of one in dags/.' }],
  options: [
    ...PIPELINE_OPTIONS,
    { flags: '--items', doc: 'A line for every item, not only for every stage.' },
    JSON_OPTION,
  ],
  examples: ['dag plan dags/tournament.yaml', 'dag plan tournament --set fdr=0.1 --items'],
  run: (given, io) =>
    withProject(io, async (project) => {
      const { compile } = await import('../run/compile.js');
      const { planPipeline } = await import('../run/plan.js');
      const compiled = await compile(
        project,
        findPipeline(project.root, io, given.arg(0)),
        compileOptions(given),
      );
      const planned = planPipeline(project, compiled);
      if (given.flag('json')) {
        io.out(`${JSON.stringify(planned, null, 2)}\n`);
        return 0;
      }
      const { planText } = await import('../report/plan.js');
      io.out(`${planText(planned, given.flag('items'))}\n`);
      return 0;
    }),
};
