import { readdirSync, readFileSync, statSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { TestProject } from '../../kit/project.js';
import { printed, printedJson, toyProject } from './kit.js';

// A machine that builds and tests at once is slow.
jest.setTimeout(60_000);

const DAYS = `import { defineNode, Frame, port, t, timeColumn } from '../../engine/sdk/index.js';
export default defineNode({
  type: 'toy.days', doc: 'A row an hour.', time: 'row',
  in: {}, out: { days: port.frame('Rows.') },
  params: { span: t.span(), times: t.number({ default: 1 }), name: t.text() },
  run(_ins, { span, times }) {
    const ts = [];
    for (let at = span.from; at < span.to; at += 3600000) ts.push(at);
    return { days: Frame.of({ ts: timeColumn(ts), x: Float64Array.from(ts, () => times) }) };
  },
});
`;
const PIPELINE = `dag: days
params:
  names: { type: list text, default: [AAA, BBB] }
  span: { type: span, default: { from: 2024-01-30, to: 2024-02-10 } }
  times: 1
dimensions: { symbol: $names }
stages:
  days:
    foreach: symbol
    use: toy.days
    with: { span: $span, times: $times, name: $symbol }
    publish: { days: { to: lake/perp, split: month } }
`;
const LATER = ['--set', 'names=BBB', '--set', 'span.from=2024-02-05', '--set', 'times=2'];

let project: TestProject;
const run = (...options: readonly string[]) => printed(project, 'run', 'days', ...options);
const files = () =>
  readdirSync(project.path('lake/perp'), { recursive: true, encoding: 'utf8' })
    .map((name) => project.path('lake/perp', name))
    .filter((path) => statSync(path).isFile())
    .sort()
    .map((path) => `${path} ${statSync(path).mtimeMs} ${readFileSync(path, 'base64')}`);
const sums = () =>
  printedJson(
    project,
    'query',
    'select symbol, count(*) as n, sum(x) as x from published.perp group by symbol order by symbol',
  );

beforeAll(async () => {
  project = toyProject({ 'nodes/toy/days.ts': DAYS, 'dags/days.yaml': PIPELINE });
  await run();
  await run(...LATER);
});
afterAll(() => project.remove());

describe('what two runs published', () => {
  const both = [
    { symbol: 'AAA', n: 12 * 24, x: 12 * 24 },
    { symbol: 'BBB', n: 12 * 24, x: 12 * 24 + 6 * 24 },
  ];

  it('is one table to a query', async () => expect(await sums()).toEqual(both));

  it('is told with its runs by `dag ls`', async () => {
    const [dataset] = Object(await printedJson(project, 'ls', 'perp'));
    const [port] = dataset.ports;
    expect(port).toMatchObject({ items: 2, rows: 24 * 24, earlier: [expect.any(String)] });
    expect(port.tables).toMatchObject([
      { name: 'AAA/days', runs: port.earlier },
      { name: 'BBB/days', runs: [...port.earlier, port.run] },
    ]);
    const shown = await printed(project, 'ls', '--items');
    expect(shown).toMatch(/ …\w{8} \+ 1 earlier /);
    expect(shown).toMatch(new RegExp(`AAA/days .* …${port.earlier[0].slice(-8)} `));
  });

  it('stays as it is when nothing has changed, looked up again or not, and beside `dag gc`', async () => {
    const before = files();
    await run(...LATER);
    await run(...LATER, '--recheck');
    await printed(project, 'gc', '--keep', '1', '--young', '0', '--apply');
    await run(...LATER, '--recheck');
    expect(files()).toEqual(before);
    expect(await sums()).toEqual(both);
  });

  it('is one run again once it is pruned', async () => {
    await run(...LATER, '--prune');
    expect(await sums()).toEqual([{ symbol: 'BBB', n: 6 * 24, x: 2 * 6 * 24 }]);
    expect(Object(await printedJson(project, 'ls'))[0].ports[0].earlier).toEqual([]);
  });
});
