import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commands } from '../../../engine/cli/commands.js';
import { CHECKOUT, TestProject } from '../../kit/project.js';

const page = readFileSync(join(CHECKOUT, 'README.md'), 'utf8');

/** The shell blocks of the page with the heading they stand under. */
const blocks = page.split(/^## /m).flatMap((section) => {
  const [heading = ''] = section.split('\n');
  return [...section.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, text = ''], i) => ({
    name: `${heading}, block ${i + 1}`,
    text,
  }));
});

let project: TestProject;
beforeAll(() => {
  project = new TestProject(['nodes', 'spec', 'dags', 'docs']);
  project.build();
});
afterAll(() => project.remove());

/** What a block prints when it is pasted into a shell, in the folder of a fresh checkout. */
function pasted(text: string) {
  const { NODE_OPTIONS: _jest, ...env } = process.env;
  return new Promise<{ readonly code: number | null; readonly out: string; readonly err: string }>(
    (done) => {
      const child = execFile('sh', ['-eu'], { cwd: project.root, env }, (_error, out, err) =>
        done({ code: child.exitCode, out, err }),
      );
      child.stdin?.end(text);
    },
  );
}

/** What a block must print, besides ending well. */
const PRINTS: Readonly<Record<string, readonly RegExp[]>> = {
  'A tour in five minutes, block 1': [/smoke done/, /(\d+) items: \1 cached/],
  'A tour in five minutes, block 2': [/param fdr: 0\.5 → 0\.2/],
  'A tour in five minutes, block 3': [/rank/, /BTCUSDT +\d+/],
  'A tour in five minutes, block 4': [/features\.table/, /report\.tournament/],
  'A tour in five minutes, block 5': [/0 errors, 0 warnings/, /all hold/, /0 broken/],
  'Write a feature, block 1': [/1 case in 1 spec: all hold/, /param specs/, /wick/],
  'Write an event, block 1': [/3 cases in 1 spec: all hold/, /BTCUSDT +\d+/],
  'Is there look-ahead in it?, block 1': [
    /upper_wick_12 +finite +11 +11/,
    /nothing that came later moved what was known/,
  ],
  'Write a pipeline, block 1': [/wicks done/, /lake\/wicks\/events\.parquet/],
};

describe('README.md', () => {
  it('has blocks that this test knows', () =>
    expect(blocks.map((b) => b.name)).toEqual(Object.keys(PRINTS)));

  it.each(blocks)(
    'works when pasted: $name',
    async ({ name, text }) => {
      const { code, out, err } = await pasted(text);
      expect(code === 0 ? '' : `${err}\n${out}`).toBe('');
      for (const line of PRINTS[name] ?? []) expect(out).toMatch(line);
    },
    300_000,
  );

  it('lists every command, and no other', () => {
    const listed = [...page.matchAll(/^\| `dag ([a-z]+)/gm)].map(([, name]) => name);
    expect(listed).toEqual(commands.map((c) => c.name));
  });

  it('points at files that are there', () => {
    const files = [...page.matchAll(/\]\(([^)]+)\)|^\| `([\w./-]+\/)` /gm)].map(
      ([, a, b]) => a ?? b ?? '',
    );
    expect(files.length).toBeGreaterThan(8);
    expect(files.filter((file) => !existsSync(join(CHECKOUT, file)))).toEqual([]);
  });

  it('names targets that the Makefile has', () => {
    const make = readFileSync(join(CHECKOUT, 'Makefile'), 'utf8');
    const targets = ['tournament', 'test', 'check', 'research', 'bench', 'docs', 'golden', 'clean'];
    expect(targets.filter((t) => !new RegExp(`^${t}:`, 'm').test(make))).toEqual([]);
    expect(
      targets.filter((t) => !page.includes(`make ${t}`) && !page.includes(`\`${t}\``)),
    ).toEqual([]);
  });
});
