import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readYaml } from '../../../engine/yaml/file.js';
import { MAX_BYTES } from '../../../engine/yaml/limits.js';
import { plain } from '../../../engine/yaml/read.js';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'yaml-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function written(bytes: Uint8Array | string) {
  const path = join(folder, 'x.yaml');
  writeFileSync(path, bytes);
  return readYaml(path, 'spec/x.yaml');
}

describe('readYaml', () => {
  it('gives the value, the text, and places with the name it was told', () => {
    const { value, text, problems } = written('a: é\n');
    expect([value && plain(value), text, problems]).toEqual([{ a: 'é' }, 'a: é\n', []]);
    expect(value?.place.file).toBe('spec/x.yaml');
  });

  it.each<[string, Uint8Array | string, string, object | undefined]>([
    ['a byte-order mark', '\ufeffa: 1', 'yaml/byte-order-mark', { line: 1, col: 1 }],
    ['UTF-16', Buffer.from('\ufeffa: 1', 'utf16le'), 'yaml/not-utf8', { line: 1, col: 1 }],
    [
      'Latin-1',
      Buffer.from('a: 1\nb: é😀 \xe9\nc: 1', 'latin1'),
      'yaml/not-utf8',
      { line: 2, col: 4 },
    ],
    [
      'a cut character',
      Buffer.concat([Buffer.from('a: é😀\ufffd'), Buffer.from([0xe2, 0x82])]),
      'yaml/not-utf8',
      { line: 1, col: 8 },
    ],
    [
      'an overlong form',
      Buffer.from([0x61, 0x3a, 0x20, 0xc0, 0x80]),
      'yaml/not-utf8',
      { line: 1, col: 4 },
    ],
    ['a NUL', 'a: \0', 'yaml/control-character', { line: 1, col: 4 }],
    ['a large file', ' '.repeat(MAX_BYTES + 1), 'yaml/too-large', { line: 1, col: 1 }],
    ['an empty file', '', 'yaml/empty', { line: 1, col: 1 }],
  ])('refuses %s', (_name, bytes, code, place) => {
    const { value, problems } = written(bytes);
    expect(value).toBeUndefined();
    expect(problems).toMatchObject([{ code, place }]);
  });

  it('names a file that is not there, or is a folder', () => {
    const missing = readYaml(join(folder, 'no.yaml'), 'no.yaml');
    expect(missing.problems).toMatchObject([{ code: 'yaml/no-file', facts: { file: 'no.yaml' } }]);
    expect(readYaml(folder, 'spec').problems).toMatchObject([{ code: 'yaml/not-a-file' }]);
    expect(readYaml(`${folder}/\0`, 'nul').problems).toMatchObject([{ code: 'yaml/unreadable' }]);
  });
});
