import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { TestProject } from '../../kit/project.js';
import { line, toyProject } from './kit.js';

// A machine that builds and tests at once is slow.
jest.setTimeout(30_000);

let home: TestProject;
const folder = mkdtempSync(join(tmpdir(), 'dag-init-'));
beforeAll(() => {
  home = toyProject();
});
afterAll(() => {
  home.remove();
  rmSync(folder, { recursive: true });
});

const dag = (cwd: string, ...argv: readonly string[]) => line({ cwd, home: home.root }, ...argv);

describe('dag init', () => {
  const made = join(folder, 'research');

  it('makes a folder a project that says what to do next', async () => {
    const { code, out } = await dag(folder, 'init', 'research');
    expect(code).toBe(0);
    expect(out).toContain('made dags\n');
    expect(out).toContain(`Try it: cd ${made} && ${join(home.root, 'dag')} run`);
    expect(readFileSync(join(made, 'README.md'), 'utf8')).toContain('dag run smoke');
    expect(JSON.parse(readFileSync(join(made, 'package.json'), 'utf8')).name).toBe('research');
  });

  it('whose pipelines run there, into a lake of its own', async () => {
    const { code, out } = await dag(made, 'run', 'chain');
    expect(out).toContain('chain done');
    expect(code).toBe(0);
    expect((await dag(made, 'runs', '--json')).out).toContain('"pipeline": "chain"');
    expect(existsSync(home.path('lake/runs'))).toBe(false);
  });

  it('leaves alone what is there', async () => {
    writeFileSync(join(made, '.gitignore'), 'mine\n');
    const { out } = await dag(made, 'init');
    expect(out).toContain('is a project already');
    expect(readFileSync(join(made, '.gitignore'), 'utf8')).toBe('mine\n');
  });

  it('says where no folder can be made', async () => {
    const { code, err } = await dag(folder, 'init', '/proc/research');
    expect(err).toContain('store/no-place');
    expect(err).toContain('nothing can be made in /proc.');
    expect(code).toBe(1);
    writeFileSync(join(folder, 'file'), '');
    expect((await dag(folder, 'init', 'file/research')).err).toContain('store/not-a-folder');
  });

  it('refuses a name that no package can have', async () => {
    const { code, err } = await dag(folder, 'init', 'my research');
    expect(err).toContain('"my research" cannot be the name of a project.');
    expect(code).toBe(2);
    expect(existsSync(join(folder, 'my research', 'dags'))).toBe(false);
  });
});
