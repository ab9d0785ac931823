import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { commands } from '../../../engine/cli/commands.js';
import { editorSettings } from '../../../engine/cli/schemas/editor.js';
import { schemaFiles } from '../../../engine/cli/schemas/schemas.js';
import { settle } from '../../../engine/cli/shared/written.js';
import { loadCatalogue } from '../../../engine/run/plugins.js';
import { currentBuild } from '../../../engine/run/site.js';
import { CHECKOUT } from '../../kit/project.js';
import { screen } from './kit.js';

const { catalogue } = loadCatalogue(currentBuild(CHECKOUT));
const folder = mkdtempSync(join(tmpdir(), 'dag-written-'));
afterAll(() => rmSync(folder, { recursive: true }));

const read = (file: string) => readFileSync(join(CHECKOUT, file), 'utf8');

describe('what is made from metadata and checked in', () => {
  const schemas = [...schemaFiles(CHECKOUT, catalogue)];
  const pages = readdirSync(join(CHECKOUT, 'docs/reference')).map((f) => `docs/reference/${f}`);

  it.each(schemas)('%s is fresh (`make docs` writes it)', (file, text) => {
    expect(read(file)).toBe(text);
  });

  it('docs/reference is fresh (`make docs` writes it)', async () => {
    const program = join(currentBuild(CHECKOUT), 'dag.js');
    const told = await new Promise((done) => {
      execFile(process.execPath, [program, 'docs', '--check'], { cwd: CHECKOUT }, (_e, out, err) =>
        done(out + err),
      );
    });
    expect(told).toBe('');
  });

  it('.vscode/settings.json is what `dag init` writes', () => {
    expect(read('.vscode/settings.json')).toBe(editorSettings(catalogue));
  });

  it('is not ignored by git', async () => {
    const files = [...pages, ...schemas.map(([file]) => file), '.vscode/settings.json'];
    const ignored = await new Promise((done) => {
      const child = execFile('git', ['check-ignore', '--stdin'], { cwd: CHECKOUT }, (_e, out) =>
        done(out),
      );
      child.stdin?.end(files.join('\n'));
    });
    expect(ignored).toBe('');
  });

  it('tells of every node, kind and command', () => {
    for (const type of Object.keys(catalogue.nodes))
      expect(read('docs/reference/nodes.md')).toContain(`### ${type}\n`);
    for (const kind of Object.keys(catalogue.kinds))
      expect(read('docs/reference/kinds.md')).toContain(`### ${kind}\n`);
    for (const { name } of commands)
      expect(read('docs/reference/commands.md')).toContain(`## ${name}\n`);
  });
});

describe('writing generated files', () => {
  const made = new Map([
    ['out/a.md', 'a\n'],
    ['out/b.md', 'b\n'],
  ]);
  const settled = (check: boolean) => {
    const { io, said } = screen({ cwd: folder, home: folder });
    return { code: settle(folder, made, check, io), said };
  };

  it('writes what is missing, then nothing', () => {
    expect(settled(true).code).toBe(1);
    expect(settled(false)).toEqual({
      code: 0,
      said: { out: '2 files: 2 written, 0 removed\n', err: '' },
    });
    expect(settled(false)).toEqual({
      code: 0,
      said: { out: '2 files: 0 written, 0 removed\n', err: '' },
    });
    expect(settled(true)).toEqual({ code: 0, said: { out: '', err: '' } });
  });

  it('finds and removes what belongs to nothing any more, and nothing else', () => {
    writeFileSync(join(folder, 'out/old.md'), '');
    writeFileSync(join(folder, 'out/other.txt'), '');
    expect(settled(true)).toEqual({
      code: 1,
      said: { out: '', err: 'out/old.md belongs to nothing any more\n' },
    });
    expect(settled(false).said.out).toBe('2 files: 0 written, 1 removed\n');
    expect(readFileSync(join(folder, 'out/other.txt'), 'utf8')).toBe('');
  });

  it('mends what was changed by hand', () => {
    writeFileSync(join(folder, 'out/a.md'), 'mine\n');
    expect(settled(true)).toEqual({
      code: 1,
      said: { out: '', err: 'out/a.md is not what the metadata says\n' },
    });
    expect(settled(false).said.out).toBe('2 files: 1 written, 0 removed\n');
  });
});
