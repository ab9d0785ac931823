import { execFile } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { CHECKOUT, type TestProject } from '../../kit/project.js';
import { printed, toyProject } from './kit.js';

/** Hooks that write the address of every module to standard error; Node 20 takes them as a module. */
const HOOKS = `
import { writeSync } from 'node:fs';
export async function load(url, context, next) {
  writeSync(2, 'module ' + url + '\\n');
  return next(url, context);
}
`;
const REGISTER = `import { register } from 'node:module'; register('data:text/javascript,' + encodeURIComponent(${JSON.stringify(HOOKS)}));`;
const run = promisify(execFile);

// A machine that builds and tests at once is slow.
jest.setTimeout(30_000);

let project: TestProject;
beforeAll(async () => {
  project = toyProject({
    'dags/plain.yaml': `dag: plain
doc: Nodes whose outputs follow from their declarations alone.
stages:
  numbers: { use: toy.numbers }
  total: { use: toy.sum, in: { totals: numbers.total } }
out: { total: total.total }
`,
    'dags/failing.yaml': `dag: failing
doc: A check that does not hold.
stages:
  numbers: { use: toy.numbers, expect: [rows(frame) > 5] }
out: { frame: numbers.frame }
`,
  });
  await printed(project, 'run', 'plain');
  await printed(project, 'run', 'chain');
});
afterAll(() => project.remove());

/** The modules that a command loads: ours from the project's root, packages by their names. */
async function modules(...args: readonly string[]): Promise<readonly string[]> {
  const address = `data:text/javascript,${encodeURIComponent(REGISTER)}`;
  const { NODE_OPTIONS: _jest, ...env } = process.env;
  const { stderr } = await run(
    process.execPath,
    ['--import', address, project.path('dist/dag.js'), ...args],
    { cwd: project.root, env },
  ).catch((failed: { readonly stderr: string }) => failed);
  const root = realpathSync(project.root);
  const found = [...stderr.matchAll(/^module (\S+)$/gm)].map(([, url = '']) =>
    url
      .replace(`file://${root}/`, '')
      .replace(/^\.dist\/\w+\//, 'dist/')
      .replace(
        new RegExp(`^file://(${CHECKOUT}|${root})/node_modules/((?:@[^/]+/)?[^/]+)/.*`),
        '$2',
      ),
  );
  return [...new Set(found)].filter((name) => !/^(?:data|node):/.test(name)).sort();
}

describe('a command loads only what it needs', () => {
  const OWN = ['dist/dag.js', 'dist/engine.js'];

  it('a run of which nothing has moved: what starts the command line, and nothing else', async () => {
    expect(await modules('run', 'plain')).toEqual(['dist/dag.js']);
    expect(await modules('run', 'chain')).toEqual(['dist/dag.js']);
  });

  it('a warm run: the engine alone; no plugin, no database, no log, no validator, no bundler', async () => {
    expect(await modules('run', 'plain', '--recheck')).toEqual(OWN);
  });

  it('nor does a plan, or the list of runs', async () => {
    expect(await modules('plan', 'plain')).toEqual(OWN);
    expect(await modules('runs')).toEqual(OWN);
  });

  it('nodes that work out their columns: those, to compile', async () => {
    const found = await modules('run', 'chain', '--recheck');
    expect(found).toEqual([...OWN, 'dist/nodes/toy/double.js']);
  });

  it('a query: the database', async () => {
    const found = await modules('query', 'select 1 as one');
    expect(found).toEqual(expect.arrayContaining([...OWN, '@duckdb/node-api']));
    expect(found.filter((name) => /winston|ajv|esbuild|nodes\//.test(name))).toEqual([]);
  });

  it('a run with something to log: the log', async () => {
    const found = await modules('run', 'failing');
    expect(found).toContain('winston');
    expect(found.filter((name) => /duckdb|ajv|esbuild/.test(name))).toEqual([]);
  });
});
