import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { TestProject } from '../../kit/project.js';
import { toyProject } from './kit.js';

/** A node that a spec file configures. */
const SCALED: Readonly<Record<string, string>> = {
  'nodes/kinds/factor.ts': `import { defineKind, t } from '../../engine/sdk/index.js';

export const factor = defineKind({
  kind: 'factor',
  doc: 'A factor.',
  folder: 'factors',
  fields: { by: t.number({ doc: 'The factor.' }) },
});
`,
  'nodes/toy/scale.ts': `import { defineNode, port, t } from '../../engine/sdk/index.js';
import { factor } from '../kinds/factor.js';

export default defineNode({
  type: 'toy.scale',
  doc: 'Scales a column.',
  time: 'row',
  in: { frame: port.frame('Any frame.') },
  out: { frame: port.frame('The same rows.') },
  params: { factor: t.spec(factor, { doc: 'By what.' }), column: t.column('frame', { default: 'x', doc: 'Which.' }) },
  shape: ({ frame }) => ({ frame }),
  run: ({ frame }, { factor, column }) => ({ frame: frame.with(column, frame.column(column).map((x) => x * Number(factor.by))) }),
});
`,
  'spec/factors/half.yaml': 'factor: half\ndoc: Of everything.\nby: 0.5\n',
  'dags/scaled.yaml': `dag: scaled
doc: Numbers, scaled by what a file says.
stages:
  numbers: { use: toy.numbers }
  doubled: { use: toy.double, in: { frame: numbers.frame } }
  scaled: { use: toy.scale, in: { frame: doubled.frame }, with: { factor: half } }
out: { scaled: scaled.frame }
`,
};

// A machine that builds and tests at once is slow.
jest.setTimeout(30_000);

let project: TestProject;
beforeAll(async () => {
  project = toyProject(SCALED);
  await printed('run', 'scaled');
});
afterAll(() => project.remove());

/** What a command prints, in a process of its own: nodes that work out their columns are loaded anew after an edit. */
async function printed(...args: readonly string[]): Promise<string> {
  const { code, out, err } = await project.dag(...args);
  if (code !== 0) throw new Error(`dag ${args.join(' ')} ended with ${code}:\n${err}${out}`);
  return out;
}

/** What `dag plan` says after an edit, which is taken back. */
async function planAfter(file: string, from: string, to: string): Promise<string> {
  const before = project.read(file);
  project.edit(file, from, to);
  if (file.endsWith('.ts')) project.build();
  const out = await printed('plan', 'scaled');
  project.write({ [file]: before });
  if (file.endsWith('.ts')) project.build();
  return out;
}

describe('dag plan after an edit', () => {
  it('of a spec names the value that changed', async () => {
    const out = await planAfter('spec/factors/half.yaml', 'by: 0.5', 'by: 0.25');
    expect(out).toContain('2 cached, 1 to run');
    expect(out).toMatch(/scaled +1 to run: param factor\.by: 0\.5 → 0\.25\n/);
  });

  it('of a description or comment in a spec: nothing', async () => {
    const out = await planAfter(
      'spec/factors/half.yaml',
      'doc: Of everything.',
      '# so\ndoc: Half.',
    );
    expect(out).toContain('3 cached, 0 to run');
  });

  it('of a helper names its module', async () => {
    const out = await planAfter('nodes/toy/helper.ts', '2 * x', 'x + x');
    expect(out).toContain('1 cached, 1 to run');
    expect(out).toMatch(/doubled +1 to run: code .*nodes\/toy\/helper\.ts/);
  });

  it('of what is upstream and known already names the column of the input', async () => {
    const before = project.read('dags/scaled.yaml');
    const more = before.replace('use: toy.numbers }', 'use: toy.numbers, with: { rows: 4 } }');
    const [head = ''] = more.split('  doubled:');
    const alone = `${head}out: { frame: numbers.frame }\n`.replace('dag: scaled', 'dag: alone');
    project.write({ 'dags/alone.yaml': alone, 'dags/scaled.yaml': more });
    await printed('run', 'alone');
    const out = await printed('plan', 'scaled');
    project.write({ 'dags/scaled.yaml': before });
    expect(out).toMatch(/numbers +1 cached\n/);
    expect(out).toMatch(/doubled +1 to run: input frame, x: changed\n/);
  });
});
