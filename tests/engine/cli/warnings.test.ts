import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { TestProject } from '../../kit/project.js';
import { dag, printed, printedJson, toyProject } from './kit.js';

const WARY = `import { defineNode, port, t } from '../../engine/sdk/index.js';

export default defineNode({
  type: 'toy.wary',
  doc: 'Warns of large numbers.',
  time: 'row',
  in: {},
  out: { number: port.scalar('The number.') },
  params: { number: t.integer({ default: 0, doc: 'Any.' }) },
  warnings: { 'toy/large': '{number} is large.' },
  run(_ins, { number }, ctx) {
    if (number > 5) ctx.warn('toy/large', { number });
    return { number };
  },
});
`;
const PIPELINE = `dag: wary
doc: Numbers, of which some are large.
dimensions:
  number: [1, 7, 8]
  twin: [a, b]
stages:
  wary: { foreach: [number, twin], use: toy.wary, with: { number: $number } }
out: { number: wary.number }
`;

// A machine that builds and tests at once is slow.
jest.setTimeout(30_000);

let project: TestProject;
beforeAll(() => {
  project = toyProject({ 'nodes/toy/wary.ts': WARY, 'dags/wary.yaml': PIPELINE });
});
afterAll(() => project.remove());

describe('warnings of cached items', () => {
  it('are counted in every run, and listed on demand', async () => {
    const first = await printed(project, 'run', 'wary');
    expect(first).toContain('  2 warnings\n');
    expect(first).not.toContain('warnings of cached');
    const warm = await printed(project, 'run', 'wary');
    expect(warm).toContain('  4 warnings of cached items (`dag show --warnings` lists them)\n');
    expect(await printed(project, 'show', '--warnings')).toBe(
      [
        'toy/large  7 is large.',
        '  wary@7:a, wary@7:b',
        'toy/large  8 is large.',
        '  wary@8:a, wary@8:b',
        '4 warnings',
        '',
      ].join('\n'),
    );
    expect(await printedJson(project, 'show', 'wary@8:b', '--warnings')).toEqual([
      { item: 'wary@8:b', code: 'toy/large', message: '8 is large.' },
    ]);
    expect(await printed(project, 'show', 'wary@1:a', '--warnings')).toBe('no warnings\n');
  });

  it('need no name, unlike everything else', async () => {
    const { code, err } = await dag(project, 'show');
    expect(err).toContain('Name an item, a stage or an output to show.');
    expect(code).toBe(2);
  });
});
