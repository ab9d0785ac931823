import { cpSync, existsSync, lstatSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { reporter } from '../diag/diagnostic.js';
import { refuse } from '../diag/refusal.js';
import type { Catalogue } from '../sdk/catalogue.js';
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
    const { currentBuild, loadCatalogue } = await import('../run/plugins.js');
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
  mkdirSync(root, { recursive: true });
  const parts: readonly (readonly [string, (path: string) => void])[] = [
    ['package.json', (path) => writeFileSync(path, packageText(root))],
    // The nodes are those of the checkout: a link to its build keeps them current.
    ['dist', (path) => symlinkSync(join(home, 'dist'), path)],
    ['spec', (path) => cpSync(join(home, 'spec'), path, { recursive: true })],
    ['dags', (path) => cpSync(join(home, 'dags'), path, { recursive: true })],
    ['lake', (path) => mkdirSync(path)],
    ['.gitignore', (path) => writeFileSync(path, 'lake/\ndist\n')],
    ['.vscode/settings.json', (path) => writeFileSync(path, editorSettings(catalogue))],
  ];
  return parts.flatMap(([name, make]) => {
    const path = join(root, name);
    if (existsSync(path) || isLink(path)) return [];
    mkdirSync(join(path, '..'), { recursive: true });
    make(path);
    return [name];
  });
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
