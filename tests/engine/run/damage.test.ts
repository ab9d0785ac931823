import { chmodSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { InlineProject } from '../../kit/run.js';
import { TOY_NODES } from '../../kit/toy-nodes.js';

/*
 * Objects that the engine itself reads to find its way: tables that are dimensions, columns in check formulas. A bit that is another
 * there, without a trace in size and date, makes their item run again; the run ends as before.
 */

let project: InlineProject;
beforeEach(() => {
  project = new InlineProject(TOY_NODES);
});
afterEach(() => project.remove());

/** Flip a bit in every object, with the dates as they were. */
function flipAll(): number {
  const folder = join(project.root, 'lake/objects');
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
  for (const path of paths) {
    const { atime, mtime } = statSync(path);
    const bytes = readFileSync(path);
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    chmodSync(path, 0o644);
    writeFileSync(path, bytes);
    utimesSync(path, atime, mtime);
  }
  return paths.length;
}

const ROWS = `dag: steered
doc: Items from rows.
dimensions:
  row: list.rows
stages:
  list: { use: toy.list, with: { count: 2 } }
  numbers: { foreach: row, use: toy.numbers, with: { rows: 2 } }
  total: { use: toy.sum, in: { frames: numbers.frame } }
out: { names: total.names }
`;
const stage = (rest: string) => `dag: steered
doc: A check that reads a column.
stages:
  numbers: { use: toy.numbers, with: { rows: 4 }${rest} }
  sizes: { use: toy.size, in: { frame: numbers.frame } }
out: { frame: sizes.frame }
`;

describe('a damaged object that steers a run', () => {
  it.each([
    ['a table that is a dimension', ROWS, 'list'],
    ['a column in `expect`', stage(', expect: [max(frame.x) == 3]'), 'numbers'],
    ['a column in a warning', stage(', expect: [{ warn: max(frame.x) == 3 }]'), 'numbers'],
    [
      'a column in `when` of another stage',
      stage('').replace(
        'frame: numbers.frame }',
        'frame: numbers.frame }, when: max(frame.x) == 3',
      ),
      'numbers',
    ],
  ])('%s: its item runs again', async (_name, pipeline, item) => {
    project.write({ 'dags/steered.yaml': pipeline });
    const first = await project.run('dags/steered.yaml');
    expect(flipAll()).toBeGreaterThan(0);
    const { outcomes, events, summary, exit } = await project.run('dags/steered.yaml');
    expect(exit).toBe(0);
    expect(outcomes[item]).toBe('done');
    expect(summary.outs).toEqual(first.summary.outs);
    const problems = events.flatMap((e) => (e.event === 'warning' ? [e.problem.code] : []));
    expect(problems).toContain('store/lost');
  });

  it('rows alone are counted without a look at any column', async () => {
    project.write({ 'dags/steered.yaml': stage(', expect: [rows(frame) == 4, total == 6]') });
    await project.run('dags/steered.yaml');
    flipAll();
    const { outcomes } = await project.run('dags/steered.yaml');
    expect(outcomes).toEqual({ numbers: 'cached', sizes: 'cached' });
  });
});
