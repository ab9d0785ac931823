import { writeFileSync } from 'node:fs';
import { dirname, extname, resolve } from 'node:path';
import { reporter } from '../diag/diagnostic.js';
import { refuse } from '../diag/refusal.js';
import { makeFolder } from '../store/atomic.js';
import { guarded } from '../store/failure.js';
import type { Command } from './shared/command.js';
import { PIPELINE_OPTIONS } from './shared/command.js';
import { compileOptions, findPipeline } from './shared/pipeline.js';
import { withProject } from './shared/project.js';

const report = reporter({
  'cli/not-a-drawing': '{file} is a source, not a drawing: it stays as it is.',
  'cli/no-such-drawing': 'A drawing cannot be written as {ending}.',
});

/** Files that a slip of the hand must not replace. */
const SOURCE = /\.(?:ya?ml|ts|m?js|json)$/;

/** `dag graph` */
export const graph: Command = {
  name: 'graph',
  doc: 'Draw a pipeline: a box for each stage, with its dimensions, however many items it has; sub-pipelines have a frame or a colour.',
  args: [{ name: '<pipeline>', doc: 'A file, or the name of one in dags/.' }],
  options: [
    ...PIPELINE_OPTIONS,
    { flags: '--format <name>', doc: '`mermaid` (default), `dot` or `svg`.' },
    { flags: '--out <file>', doc: 'Write to a file; its ending gives the format.' },
  ],
  examples: ['dag graph tournament', 'dag graph tournament --out tournament.svg'],
  run: (given, io) =>
    withProject(io, async (project) => {
      const { compile } = await import('../run/compile.js');
      const { drawing } = await import('./drawing/drawing.js');
      const { render } = await import('./drawing/render.js');
      const out = given.text('out');
      if (out !== undefined) checkEnding(out);
      const format =
        given.choice('format', ['mermaid', 'dot', 'svg']) ?? formatOf(out) ?? 'mermaid';
      const compiled = await compile(
        project,
        findPipeline(project.root, io, given.arg(0)),
        compileOptions(given),
      );
      const text = render(drawing(compiled.graph), format);
      if (out === undefined) io.out(text);
      else write(resolve(io.cwd, out), text);
      return 0;
    }),
};

const ENDINGS = { '.svg': 'svg', '.dot': 'dot', '.gv': 'dot', '.mmd': 'mermaid' } as const;

/** What the ending of a file says. */
function formatOf(file: string | undefined): 'mermaid' | 'dot' | 'svg' | undefined {
  return Object.entries(ENDINGS).find(([ending]) => file?.endsWith(ending))?.[1];
}

/** A file without an ending may hold any drawing. @throws cli/not-a-drawing, cli/no-such-drawing */
function checkEnding(file: string): void {
  const names = Object.keys(ENDINGS);
  const hint = `end it in ${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
  if (SOURCE.test(file)) refuse(report('cli/not-a-drawing', undefined, { file }, { hint }));
  const ending = extname(file);
  if (ending !== '' && formatOf(file) === undefined)
    refuse(report('cli/no-such-drawing', undefined, { ending }, { hint }));
}

function write(path: string, text: string): void {
  guarded(path, () => {
    makeFolder(dirname(path));
    writeFileSync(path, text);
  });
}
