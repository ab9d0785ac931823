import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { digestOf } from '../../../engine/store/stored.js';
import type { TestProject } from '../../kit/project.js';
import { CHAIN, dag, printed, printedJson, toyProject } from './kit.js';

// A machine that builds and tests at once is slow.
jest.setTimeout(30_000);

let project: TestProject;
beforeAll(async () => {
  project = toyProject();
  await printed(project, 'run', 'chain');
});
afterAll(() => project.remove());

describe('dag plan', () => {
  it('says that everything is cached after a run', async () => {
    expect(await printed(project, 'plan', 'chain')).toBe(
      [
        'chain: 5 items: 5 cached, 0 to run',
        '  numbers       2 cached',
        '  doubled       2 cached',
        '  total         1 cached',
        '',
      ].join('\n'),
    );
  });

  it('tells which parameter changed, from what to what, and what waits', async () => {
    const out = await printed(project, 'plan', 'chain', '--set', 'times=3');
    expect(out).toMatch(
      /^chain: 5 items: 0 cached, 2 to run, at most 3 after those \(equal results stop there\), about [\d.]+ s of work\n/,
    );
    expect(out).toContain('  numbers       2 to run: param times: 2 → 3\n');
    expect(out).toContain('  doubled       2 later: after numbers\n');
    expect(out).toContain('  total         1 later: after doubled\n');
  });

  it('has a line for every item where that is asked for', async () => {
    const out = await printed(project, 'plan', 'chain', '--items', '--set', 'times=3');
    expect(out).toContain('  numbers@a  to run: param times: 2 → 3\n');
    expect(out).toContain('  doubled@b  later: after numbers@b\n');
  });

  it('gives programs the reasons and the expected seconds', async () => {
    expect(await printedJson(project, 'plan', 'chain', '--set', 'times=3')).toMatchObject({
      pipeline: 'chain',
      items: expect.arrayContaining([
        expect.objectContaining({
          item: 'numbers@a',
          state: 'stale',
          reasons: [{ kind: 'param', path: 'times', before: 2, after: 3 }],
          expected: expect.any(Number),
        }),
      ]),
    });
  });

  it('runs nothing and writes no run', async () => {
    expect(await printedJson(project, 'runs')).toHaveLength(1);
  });
});

describe('dag why', () => {
  it('tells what an item is made from', async () => {
    const out = await printed(project, 'why', 'doubled@a');
    expect(out).toMatch(
      /^doubled@a {2}\(toy\.double\)\nin run [0-9A-Z]{26} of chain: (?:cached|done|joined) {2}key /,
    );
    expect(out).toMatch(/\nnow: is known: a run takes it from the store\n$/);
    expect(out).toContain('  param wait: 0\n');
    expect(out).toMatch(/ {2}input frame: 1 column: x [0-9a-f]{10}\n/);
  });

  it('names gathered items by their labels', async () => {
    expect(await printed(project, 'why', 'total')).toContain('  input totals: 2 items: a, b\n');
  });

  it('shows what a setting would change, value by value', async () => {
    const out = await printed(project, 'why', 'numbers@b', '--set', 'times=5');
    expect(out).toMatch(/would run.*\nsince .*:\n {2}param times: 2 → 5\n/);
  });

  it('prints the whole preimage where all is asked for', async () => {
    const all = await printed(project, 'why', 'numbers@a', '--all', '--run', 'last');
    expect(JSON.parse(all.slice(all.indexOf('\n{\n')))).toMatchObject({
      node: 'toy.numbers',
      params: { name: 'a', rows: 3, times: 2 },
    });
  });

  it('gives programs the state and the key', async () => {
    expect(await printedJson(project, 'why', 'total')).toMatchObject({
      item: 'total',
      node: 'toy.sum',
      state: 'cached',
      reasons: [],
      key: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it('traces the start of a digest to the item that made it, and a key to its item', async () => {
    const summary = await printed(project, 'run', 'chain');
    const digest = /total +([0-9a-f]{10})/.exec(summary)?.[1] ?? '';
    expect(await printed(project, 'why', digest)).toMatch(
      /^total\.total .*\n {2}by toy\.sum, in run /,
    );
    const { key } = Object(await printedJson(project, 'why', 'numbers@a'));
    expect(await printed(project, 'why', key)).toContain('numbers@a');
  });

  it('tells items that are alike together', async () => {
    const many = CHAIN.replace('[a, b]', '[a, b, c, d, e, f]').replace('dag: chain', 'dag: many');
    project.write({ 'dags/many.yaml': many });
    await printed(project, 'run', 'many');
    const digest = digestOf({ kind: 'scalar', value: 6 });
    const [{ run }] = Object(await printedJson(project, 'runs', '--last', '1'));
    expect(await printed(project, 'why', digest)).toBe(
      [
        'numbers@a.total  has this digest',
        '  and 5 more items alike: numbers@b, numbers@c, numbers@d, …',
        `6 outputs, in run ${run} of many; \`dag why numbers@a --run ${run}\` tells what it is made from`,
        '',
      ].join('\n'),
    );
    expect(await printedJson(project, 'why', digest)).toHaveLength(6);
    await printed(project, 'run', 'chain');
  });

  it.each([
    ['numbres@a', 'did you mean "numbers@a"?'],
    ['numbers', 'the stage has 2 items, such as numbers@a'],
    ['0123456789abcdef', 'no result has a digest that starts so'],
    ['0123a', 'the start of a digest needs at least 6 digits'],
  ])('does not know %s and helps', async (name, hint) => {
    const { code, err } = await dag(project, 'why', name);
    expect(err).toContain(hint);
    expect(code).toBe(2);
  });
});
