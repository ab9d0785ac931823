import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { TestProject } from '../../kit/project.js';
import { dag, printed, printedJson, toyProject } from './kit.js';

// A machine that builds and tests at once is slow.
jest.setTimeout(30_000);

const PICKY = `import { defineNode, port, t } from '../../engine/sdk/index.js';

export default defineNode({
  type: 'toy.picky',
  doc: 'Refuses small numbers.',
  time: 'row',
  in: {},
  out: { number: port.scalar('The number.') },
  params: { number: t.integer({ default: 0, doc: 'Any.' }) },
  errors: { 'toy/small': '{number} is small.' },
  run(_ins, { number }, ctx) {
    if (number < 5) ctx.refuse('toy/small', { number });
    return { number };
  },
});
`;

let project: TestProject;
beforeAll(() => {
  project = toyProject({ 'nodes/toy/picky.ts': PICKY });
});
afterAll(() => project.remove());

describe('dag ls of a folder with two outputs', () => {
  it('names each, and does not say twice what holds of both', async () => {
    const both = project
      .read('dags/chain.yaml')
      .replace('dag: chain', 'dag: both')
      .replace(
        'frame: numbers.frame }',
        'frame: numbers.frame }, publish: { frame: lake/both, total: lake/both }',
      );
    project.write({ 'dags/both.yaml': both });
    await printed(project, 'run', 'both', '--set', 'times=9');
    const lines = (await printed(project, 'ls', 'both')).trimEnd().split('\n').slice(2);
    expect(lines[0]).toMatch(/^both \(frame\) +both +times=9 +6 /);
    expect(lines[1]).toMatch(/^both \(total\) +" +/);
    expect(lines).toHaveLength(2);
    const id = /…(\w+)/.exec(lines[0] ?? '')?.[1] ?? '';
    const [{ run }] = Object(await printedJson(project, 'runs', '--last', '1'));
    expect(run.endsWith(id)).toBe(true);
    rmSync(project.path('lake/runs', run), { recursive: true });
    expect(await printed(project, 'ls', 'both')).toContain('(what --set gave went with its run)');
  });
});

describe('a stage of which one item failed', () => {
  it('is listed, so that the table of the other is not taken for all', async () => {
    project.write({
      'dags/half.yaml': `dag: half
doc: One of two items does not hold.
dimensions:
  size: [3, 9]
stages:
  numbers:
    foreach: size
    use: toy.numbers
    with: { rows: $size }
    expect: [rows(frame) > 5]
  picky: { foreach: size, use: toy.picky, with: { number: $size } }
out: { frames: numbers.frame }
`,
    });
    expect((await dag(project, 'run', 'half')).code).toBe(1);
    const out = await printed(project, 'show', 'picky');
    expect(out).toMatch(/picky@9 +number +9\n/);
    expect(out).toMatch(/picky@3 +nothing: it ended as failed\n/);
    expect(await printedJson(project, 'show', 'picky')).toMatchObject([
      { item: 'picky@9', port: 'number', outcome: 'done' },
      { item: 'picky@3', port: null, outcome: 'failed' },
    ]);
  });

  it('is told of a result that its stage did not accept', async () => {
    const out = await printed(project, 'show', 'numbers.frame');
    expect(out).toMatch(/numbers@3 .*frame, 3 rows .*; the item failed\n/);
    expect(out).toMatch(/numbers@9 .*frame, 9 rows .*\(x\)\n/);
  });

  it('has no record to tell from, but says so, and what would be now', async () => {
    expect((await dag(project, 'why', 'picky@3', '--run', 'last')).err).toContain(
      'it ended as failed',
    );
    // The result above keeps the pipeline from being planned.
    const { out, err, code } = await dag(project, 'why', 'picky@3');
    expect(out).toMatch(
      /^picky@3\nin run \w+ of half: failed, and gave nothing\nnow: dags\/half\.yaml cannot tell:\n$/,
    );
    expect(err).toContain('run/expectation');
    expect(code).toBe(2);
    project.edit('dags/half.yaml', 'rows(frame) > 5', 'rows(frame) > 0');
    expect(await printed(project, 'why', 'picky@3')).toMatch(
      /: failed, and gave nothing\nnow: would run {2}key \w+\nfor the first time:\n/,
    );
  });
});
