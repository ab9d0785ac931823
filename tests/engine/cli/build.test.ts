import { execFile } from 'node:child_process';
import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadCatalogue } from '../../../engine/run/plugins.js';
import type { Catalogue } from '../../../engine/sdk/catalogue.js';
import { TestProject } from '../../kit/project.js';
import { TOYS } from '../../kit/toys.js';

const project = new TestProject();
const run = promisify(execFile);
let first: Catalogue;

beforeAll(() => {
  project.write(TOYS);
  project.build();
  first = catalogue();
});
afterAll(() => project.remove());

function catalogue(): Catalogue {
  return loadCatalogue(project.path('dist')).catalogue;
}

interface Edit {
  readonly what: string;
  readonly file: string;
  readonly edit: (text: string) => string;
}

/** What is stale after edits: nodes by type, `kernel`, operators. The edits are taken back. */
function staleAfter(edits: readonly Edit[]): readonly string[] {
  const before = edits.map(({ file }) => project.read(file));
  for (const { file, edit } of edits) project.write({ [file]: edit(project.read(file)) });
  project.build();
  const now = catalogue();
  edits.forEach(({ file }, i) => {
    project.write({ [file]: before[i] ?? '' });
  });
  const code = (of: Catalogue, type: string) => JSON.stringify(of.nodes[type]?.code);
  const nodes = Object.keys(first.nodes).filter((type) => code(first, type) !== code(now, type));
  const kernel = first.kernel === now.kernel ? [] : ['kernel'];
  const names = Object.keys(first.operators);
  const operators = names.filter((name) => first.operators[name] !== now.operators[name]);
  return [...nodes, ...kernel, ...operators.map((name) => `operator ${name}`)];
}

const more = (text: string) => `${text}\nexport const more = 1;\n`;

describe('what a change in a source makes stale', () => {
  it('nothing, where no result can differ', () => {
    const edits: readonly Edit[] = [
      { what: 'a comment in a node', file: 'nodes/toy/double.ts', edit: (t) => `// why\n${t}` },
      {
        what: 'white space and types in a helper',
        file: 'nodes/toy/helper.ts',
        edit: (t) => `type Unused = number;\n\n${t.replaceAll('  ', '    ')}`,
      },
      {
        what: 'a comment in the kernel',
        file: 'engine/frame/view.ts',
        edit: (t) => `/* why */ ${t}`,
      },
      { what: 'reports', file: 'engine/report/table.ts', edit: more },
      {
        what: 'the command line',
        file: 'engine/cli/runs.ts',
        edit: (t) => t.replace('No run yet.', 'None.'),
      },
      { what: 'diagnostics', file: 'engine/diag/suggest.ts', edit: more },
    ];
    expect(staleAfter(edits)).toEqual([]);
  });

  it('the nodes whose own code it is, and those that import it', () => {
    const helper = {
      what: 'a helper',
      file: 'nodes/toy/helper.ts',
      edit: (t: string) => t.replace('2 * x', 'x + x'),
    };
    const own = {
      what: 'a node',
      file: 'nodes/toy/sum.ts',
      edit: (t: string) => t.replace('sum + value, 0', '0 + sum + value, 0'),
    };
    expect(staleAfter([helper, own])).toEqual(['toy.double', 'toy.sum']);
  });

  it('everything, where the kernel changes; an operator, where its file does or what it shares with others', () => {
    const ops = 'engine/expr/ops';
    const extremes = ['bars_since_highest', 'bars_since_lowest', 'highest', 'lowest'];
    const stale = staleAfter([
      { what: 'frames', file: 'engine/frame/view.ts', edit: more },
      { what: 'an operator', file: `${ops}/rolling/std.ts`, edit: more },
      { what: 'what three share', file: `${ops}/elementwise/pick.ts`, edit: more },
      { what: 'a kernel', file: 'engine/expr/kernels/extremes.ts', edit: more },
    ]);
    const operators = [...extremes, 'coalesce', 'if', 'known', 'std'].sort();
    expect(stale).toEqual(['kernel', ...operators.map((name) => `operator ${name}`)]);
  });
});

describe('a build', () => {
  it('has every node with its metadata', () => {
    expect(Object.keys(first.nodes)).toEqual(['toy.double', 'toy.numbers', 'toy.sum']);
    expect(first.nodes['toy.double']).toMatchObject({
      file: 'nodes/toy/double.ts',
      has: { shape: true, reads: false, files: false, within: false },
      code: { packages: {} },
    });
    expect(Object.keys(first.nodes['toy.double']?.code.modules ?? {}).slice(0, 2)).toEqual([
      'nodes/toy/double.ts',
      'nodes/toy/helper.ts',
    ]);
  });

  it('is the same from the same sources; two at once both succeed and leave one whole build', async () => {
    const build = () =>
      run(process.execPath, [project.path('engine/build.mjs'), project.root], {
        env: { PATH: process.env.PATH },
      });
    await Promise.all([build(), build()]);
    expect(catalogue()).toEqual(first);
    expect(
      readdirSync(project.path('.dist')).filter((name) => !/^[0-9a-f]{16}$/.test(name)),
    ).toEqual([]);
  });

  it('that fails says why in a few lines, and changes nothing', async () => {
    const before = realpathSync(project.path('dist'));
    project.write({
      'nodes/toy/bad.ts':
        "import { nothing } from './absent.js';\nexport default defineNode({ type: 'toy.bad' });\n",
    });
    const failed = run(process.execPath, [project.path('engine/build.mjs'), project.root], {
      env: { PATH: process.env.PATH },
    });
    await expect(failed).rejects.toMatchObject({
      code: 3,
      stderr: expect.stringMatching(
        /the build failed[\s\S]*Could not resolve "\.\/absent\.js"[\s\S]*nodes\/toy\/bad\.ts:1/,
      ),
    });
    expect(realpathSync(project.path('dist'))).toBe(before);
    project.write({ 'nodes/toy/bad.ts': '' });
  });
});

describe('./dag', () => {
  const dag = (cwd: string, ...args: string[]) =>
    run(project.path('dag'), args, { cwd, env: { PATH: process.env.PATH } });

  it('works from any folder, and rebuilds what is older than its sources', async () => {
    const before = realpathSync(project.path('dist'));
    project.edit('engine/cli/runs.ts', 'No run yet.', 'Not one run.');
    expect((await dag('/', 'runs')).stdout).toBe('Not one run.\n');
    const built = realpathSync(project.path('dist'));
    expect(built).not.toBe(before);
    // Whoever started from the build before still finds all of it.
    expect(existsSync(`${before}/dag.js`)).toBe(true);
    const { mtimeMs } = statSync(project.path('dist/catalogue.json'));
    await dag(project.path('nodes/toy'), 'runs');
    expect(statSync(project.path('dist/catalogue.json')).mtimeMs).toBe(mtimeMs);
  });
});
