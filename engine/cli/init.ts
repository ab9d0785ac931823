import { cpSync, existsSync, lstatSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { reporter } from '../diag/diagnostic.js';
import { refuse } from '../diag/refusal.js';
import type { Catalogue } from '../sdk/catalogue.js';
import { makeFolder } from '../store/atomic.js';
import { guarded } from '../store/failure.js';
import { editorSettings } from './schemas/editor.js';
import type { Command } from './shared/command.js';

const report = reporter({ 'cli/bad-name': '"{name}" cannot be the name of a project.' });

/** `dag init` */
export const init: Command = {
  name: 'init',
  doc: 'Make a folder a project: with the specs and pipelines that ship, an empty lake, and completion for editors. What is there stays.',
  args: [{ name: '[folder]', doc: 'The folder (the current one); made if absent.' }],
  options: [],
  examples: ['dag init ~/research', 'cd ~/research && dag run smoke'],
  async run(given, io) {
    const { loadCatalogue } = await import('../run/plugins.js');
    const { currentBuild } = await import('../run/site.js');
    const root = resolve(io.cwd, given.args[0] ?? '.');
    const made = prepare(root, io.home, loadCatalogue(currentBuild(io.home)).catalogue);
    io.out(
      made.length === 0
        ? `${root} is a project already\n`
        : `${made.map((file) => `made ${file}`).join('\n')}\n`,
    );
    io.out(`Try it: cd ${root} && ${join(io.home, 'dag')} run smoke\n`);
    return 0;
  },
};

function prepare(root: string, home: string, catalogue: Catalogue): readonly string[] {
  makeFolder(root);
  const parts: readonly (readonly [string, (path: string) => void])[] = [
    ['package.json', (path) => writeFileSync(path, packageText(root))],
    // The nodes are those of the checkout: a link to its build keeps them current.
    ['dist', (path) => symlinkSync(join(home, 'dist'), path)],
    ['spec', (path) => cpSync(join(home, 'spec'), path, { recursive: true })],
    ['dags', (path) => cpSync(join(home, 'dags'), path, { recursive: true })],
    ['lake', makeFolder],
    ['README.md', (path) => writeFileSync(path, readmeText(basename(root), join(home, 'dag')))],
    ['.gitignore', (path) => writeFileSync(path, 'lake/\ndist\n')],
    ['.vscode/settings.json', (path) => writeFileSync(path, editorSettings(catalogue))],
  ];
  return parts.flatMap(([name, make]) => {
    const path = join(root, name);
    if (existsSync(path) || isLink(path)) return [];
    makeFolder(dirname(path));
    guarded(path, () => make(path));
    return [name];
  });
}

function readmeText(name: string, dag: string): string {
  return `# ${name}

Research written as YAML, run by \`${dag}\`; \`alias dag=${dag}\` shortens it.

\`\`\`sh
${dag} run smoke          # the whole chain on a simulated market, in seconds
${dag} plan tournament    # what the main job would do, and why
${dag} check              # every pipeline and spec, every problem at once
${dag} test               # the examples inside the specs
\`\`\`

| Folder | What is in it |
|---|---|
| \`dags/\` | pipelines; \`dags/parts/\` are pipelines that others use as stages |
| \`spec/\` | features, events, markets, costs and all other data that pipelines name; yours to change |
| \`lake/\` | inputs under \`raw/\`, results, runs, and what stages publish; not under version control |
| \`dist\` | a link to the build of the checkout that has the nodes: \`${dag} nodes\` lists them |

The tour, and how features, events and pipelines are written: \`${dirname(dag)}/README.md\`.
`;
}

function packageText(root: string): string {
  const name = basename(root).toLowerCase();
  if (!/^[a-z0-9][a-z0-9._-]*$/.test(name)) {
    refuse(
      report('cli/bad-name', undefined, { name }, { hint: 'letters, digits, ".", "_" and "-"' }),
    );
  }
  const dag = { specs: 'spec', pipelines: 'dags', lake: 'lake' };
  return `${JSON.stringify({ name, private: true, type: 'module', dag }, null, 2)}\n`;
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}
