import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { digestOf } from '../../../engine/store/stored.js';
import type { TestProject } from '../../kit/project.js';
import { CHAIN, dag, printed, printedJson, toyProject } from './kit.js';

// A machine that builds and tests at once is slow.
jest.setTimeout(30_000);

const OTHER = CHAIN.replace('dag: chain', 'dag: other')
  .replace('times: 2', 'times: 5')
  .replace('[a, b]', '[a, b, c, d]');

const FILED = `import { defineNode, port, t } from '../../engine/sdk/index.js';

export default defineNode({
  type: 'toy.filed',
  doc: 'Stands on a file.',
  time: 'row',
  effects: ['read'],
  in: {},
  out: { count: port.scalar('One.') },
  params: { folder: t.folder({ doc: 'Where it lies.' }) },
  files: ({ folder }, world) => world.list(folder, '*.txt'),
  run: () => ({ count: 1 }),
});
`;

let project: TestProject;
/** Runs in their order: chain, chain with another factor, and another pipeline last. */
let runs: readonly string[];
beforeAll(async () => {
  project = toyProject({ 'dags/other.yaml': OTHER });
  await printed(project, 'run', 'chain');
  await printed(project, 'run', 'chain', '--set', 'times=3');
  await printed(project, 'run', 'other');
  const found = Object(await printedJson(project, 'runs'));
  runs = found.map(({ run }: { readonly run: string }) => run);
});
afterAll(() => project.remove());

/** Put other text in a file, ask, and put it back. */
async function edited<T>(file: string, text: string, ask: () => Promise<T>): Promise<T> {
  const before = project.read(file);
  project.write({ [file]: text });
  try {
    return await ask();
  } finally {
    project.write({ [file]: before });
  }
}

describe('a digest of an older run', () => {
  // 0, 3, 6 twice over, of both names.
  const sum = digestOf({ kind: 'scalar', value: 36 });

  it('leads to that run, its pipeline and the item as it was there', async () => {
    const out = await printed(project, 'why', sum);
    expect(out).toContain(`by toy.sum, in run ${runs[1]} of chain, made `);
    expect(out).toContain(`\`dag why total --run ${runs[1]}\` tells`);
    const told = await printed(project, 'why', 'total', '--run', runs[1] ?? '');
    expect(told).toContain(`in run ${runs[1]} of chain --set times=3: done  key `);
  });

  it('counts every item that has it there, also those that share a record', async () => {
    const half = digestOf({ kind: 'scalar', value: 9 });
    const found = Object(await printedJson(project, 'why', half));
    expect(found.map(({ item, run }: Record<string, string>) => [item, run])).toEqual([
      ['numbers@a', runs[1]],
      ['numbers@b', runs[1]],
    ]);
  });

  it('is traced in the run that is named, if that has it', async () => {
    const six = digestOf({ kind: 'scalar', value: 6 });
    const found = Object(await printedJson(project, 'why', six, '--run', runs[0] ?? ''));
    expect(found[0]).toMatchObject({ item: 'numbers@a', run: runs[0], pipeline: 'chain' });
  });
});

describe('dag why ITEM --run', () => {
  it('tells inputs with who gave them, times, and the difference to the run before', async () => {
    const out = await printed(project, 'why', 'numbers@a', '--run', runs[1] ?? '');
    expect(out).toMatch(/\nmade .*: queue .*, user .*\nsince .*:\n {2}param times: 2 → 3\n/);
    const doubled = await printed(project, 'why', 'doubled@b', '--run', runs[1] ?? '');
    expect(doubled).toMatch(
      / {2}input frame: 1 column: x [0-9a-f]{10}\n {4}from numbers@b\.frame\n/,
    );
    expect(doubled).not.toContain('now:');
    expect(await printedJson(project, 'why', 'total', '--run', 'last')).toMatchObject({
      pipeline: 'other',
      outcome: 'done',
      inputs: [{ port: 'totals', from: ['a', 'b', 'c', 'd'].map((id) => `doubled@${id}.total`) }],
      warnings: [],
      timings: { user: expect.any(Number) },
    });
  });

  it('does not ask what files say now', async () => {
    const before = await printed(project, 'why', 'total', '--run', runs[0] ?? '');
    const after = await edited('dags/chain.yaml', 'dag: [', () =>
      printed(project, 'why', 'total', '--run', runs[0] ?? ''),
    );
    expect(after).toBe(before);
  });

  it.each([
    [['numbers', '--run', 'last'], 'the stage has 4 items, such as numbers@a'],
    [['numbers@c', '--run', 'last~2'], 'has it: `dag why numbers@c --run '],
    [['total', '--run', 'last', '--set', 'times=1'], '--run does not go with --set'],
  ])('refuses %j', async (args, hint) => {
    const { code, err, out } = await dag(project, 'why', ...args);
    expect(err).toContain(hint);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });
});

describe('a difference of many lines', () => {
  it('is cut, and told whole with --all', async () => {
    const ids = (letter: string) =>
      Array.from({ length: 15 }, (_, i) => `${letter}${i}`).join(', ');
    const many = (letter: string) =>
      CHAIN.replace('dag: chain', 'dag: wide').replace('[a, b]', `[${ids(letter)}]`);
    project.write({ 'dags/wide.yaml': many('x') });
    await printed(project, 'run', 'wide');
    project.write({ 'dags/wide.yaml': many('y') });
    await printed(project, 'run', 'wide');
    const came = / {2}input totals@[xy]\d+(, \w+)?: (new|gone)\n/g;
    const cut = await printed(project, 'why', 'total', '--run', 'last');
    expect(cut.match(came)).toHaveLength(20);
    expect(cut).toContain('  and 10 more (--all)\n');
    const whole = await printed(project, 'why', 'total', '--run', 'last', '--all');
    expect(whole.match(came)).toHaveLength(30);
    await printed(project, 'run', 'other');
  });
});

describe('dag why ITEM', () => {
  it('tells what the last run had, and what a run would make of it now', async () => {
    const out = await edited('dags/other.yaml', OTHER.replace('times: 5', 'times: 7'), () =>
      printed(project, 'why', 'numbers@c'),
    );
    expect(out).toMatch(/in run \w+ of other: cached {2}key /);
    expect(out).toMatch(
      /param times: 5\n.*now: would run {2}key .*\nsince .*param times: 5 → 7\n/s,
    );
  });

  it('tells what the last run had where the pipeline does not compile any more', async () => {
    const broken = OTHER.replace('toy.sum', 'toy.smu');
    const { code, out, err } = await edited('dags/other.yaml', broken, () =>
      dag(project, 'why', 'numbers@c'),
    );
    expect(out).toContain('  param times: 5\n');
    expect(out).toContain('now: dags/other.yaml cannot tell:\n');
    expect(err).toContain('did you mean "toy.sum"?');
    expect(code).toBe(2);
    const json = await edited('dags/other.yaml', broken, () =>
      dag(project, 'why', 'numbers@c', '--json'),
    );
    expect(JSON.parse(json.out)).toMatchObject({
      recorded: { item: 'numbers@c', pipeline: 'other' },
      problems: [{ code: 'graph/unknown-node' }],
    });
  });

  it('names the run that has an item which the last one has not', async () => {
    await printed(project, 'run', 'chain');
    const { code, err } = await dag(project, 'why', 'numbers@d');
    expect(err).toMatch(/run (\w+) has it: `dag why numbers@d --run \1`/);
    expect(code).toBe(2);
  });
});

describe('the digest of an input file', () => {
  it('leads to the items that read the file', async () => {
    project.write({
      'nodes/toy/filed.ts': FILED,
      'given/input.txt': 'seven',
      'dags/filed.yaml':
        'dag: filed\nstages:\n  lines: { use: toy.filed, with: { folder: given } }\nout: { all: lines.count }\n',
    });
    project.build();
    await printed(project, 'run', 'filed');
    const told = await printed(project, 'why', 'lines', '--all');
    const digest = /input\.txt\W+([0-9a-f]{10,64})/.exec(told)?.[1] ?? 'none';
    const found = await printed(project, 'why', digest);
    expect(found).toMatch(/^lines {2}reads \S*input\.txt, a file with this digest\n/);
    expect(found).toContain('of filed, made ');
    expect((await dag(project, 'why', 'abcdef0123')).err).toContain('cli/no-such-item');
  });
});
