import {
  appendFileSync,
  chmodSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { sha256 } from '../../../engine/store/digest.js';
import { FileDigests } from '../../../engine/store/files.js';
import { Store } from '../../../engine/store/store.js';
import { expectRefusal } from '../frame/kit/refusal.js';
import { temporaryFolder } from './kit/folder.js';

const OLD = new Date('2024-01-01T00:00:00Z');

/** A file that was written long ago. */
function settled(path: string, text: string): string {
  writeFileSync(path, text);
  utimesSync(path, OLD, OLD);
  return path;
}

/** Other bytes of the same number in the same file, with its old time; the clock of files may stand still for some ms. */
function writtenInPlace(path: string): void {
  const { ctimeMs } = statSync(path);
  do {
    writeFileSync(path, 'olleh');
    utimesSync(path, OLD, OLD);
  } while (statSync(path).ctimeMs === ctimeMs);
}

describe('Store.open', () => {
  it('makes what is absent and opens what is there', () => {
    const lake = join(temporaryFolder(), 'deep', 'lake');
    const hash = Store.open(lake).objects.put(Buffer.from('x'));
    expect(Store.open(lake, { durability: 'run' }).objects.verify(hash)).toBe('ok');
  });

  it('refuses a file', () => {
    const path = join(temporaryFolder(), 'lake');
    writeFileSync(path, '');
    expectRefusal(() => Store.open(path), 'store/not-a-lake', { path });
    expectRefusal(() => Store.open(join(path, 'lake')), 'store/not-a-folder');
  });

  // Root may do anything.
  (process.getuid?.() === 0 ? it.skip : it)('refuses a folder without rights', () => {
    const lake = temporaryFolder();
    Store.open(lake);
    chmodSync(lake, 0o500);
    expectRefusal(() => Store.open(lake), 'store/lake-locked', { path: lake, what: 'written' });
    chmodSync(lake, 0o700);
  });
});

describe('FileDigests', () => {
  it('remembers what did not change, for the next process too', () => {
    const folder = temporaryFolder();
    const cache = join(folder, 'cache', 'files.digests');
    const path = settled(join(folder, 'a.csv'), 'hello');
    expect(new FileDigests(cache).digestFile(path)).toBe(sha256('hello'));
    const lines = readFileSync(cache, 'utf8');
    // The remembered digest is believed: shown by a cache that says otherwise, with the right checksum.
    const fields = JSON.parse(lines.trim()).slice(0, -1).with(-1, sha256('forged'));
    writeFileSync(cache, `${JSON.stringify([...fields, crc32(JSON.stringify(fields))])}\n`);
    expect(new FileDigests(cache).digestFile(path)).toBe(sha256('forged'));
  });

  it('passes over a line in which a bit is another', () => {
    const folder = temporaryFolder();
    const cache = join(folder, 'files.digests');
    const path = settled(join(folder, 'a.csv'), 'hello');
    const digest = new FileDigests(cache).digestFile(path);
    const line = readFileSync(cache, 'utf8');
    const start = line.indexOf(digest);
    for (let at = start; at < start + digest.length; at++) {
      const other = line[at] === '0' ? '1' : '0';
      writeFileSync(cache, `${line.slice(0, at)}${other}${line.slice(at + 1)}`);
      expect(new FileDigests(cache).digestFile(path)).toBe(digest);
    }
  });

  it.each([
    ['content and time', (path: string) => writeFileSync(path, 'other')],
    ['time alone', (path: string) => utimesSync(path, OLD, new Date(OLD.getTime() + 1))],
    ['content, with size and time set back', writtenInPlace],
  ])('hashes again after a change of %s', (_, change) => {
    const folder = temporaryFolder();
    const digests = new FileDigests(join(folder, 'files.digests'));
    const path = settled(join(folder, 'a.csv'), 'hello');
    digests.digestFile(path);
    change(path);
    expect(digests.digestFile(path)).toBe(sha256(readFileSync(path)));
  });

  it('does not trust a file written a moment ago', () => {
    const folder = temporaryFolder();
    const cache = join(folder, 'files.digests');
    const path = join(folder, 'a.csv');
    writeFileSync(path, 'hello');
    new FileDigests(cache).digestFile(path);
    expect(() => readFileSync(cache)).toThrow('ENOENT');
  });

  it('passes over torn, foreign and forged lines', () => {
    const folder = temporaryFolder();
    const cache = join(folder, 'files.digests');
    const path = settled(join(folder, 'a.csv'), 'hello');
    new FileDigests(cache).digestFile(path);
    appendFileSync(
      cache,
      `["${path}",5,"17\n\nnonsense\n["${path}",5,"1","1","short"]\n{}\n["\\q"]`,
    );
    expect(new FileDigests(cache).digestFile(path)).toBe(sha256('hello'));
    const other = settled(join(folder, 'b.csv'), 'b');
    new FileDigests(cache).digestFile(other); // appended after the torn line, on a line of its own
    expect(
      readFileSync(cache, 'utf8')
        .split('\n')
        .filter((l) => l.startsWith(`["${other}"`)),
    ).toHaveLength(1);
  });

  it('reads large files piece by piece, and through links', () => {
    const folder = temporaryFolder();
    const text = 'x'.repeat((1 << 20) + 7);
    const path = settled(join(folder, 'big'), text);
    symlinkSync(path, join(folder, 'link'));
    const digests = new FileDigests(join(folder, 'files.digests'));
    expect([path, join(folder, 'link')].map((p) => digests.digestFile(p))).toEqual([
      sha256(text),
      sha256(text),
    ]);
    const whole = settled(join(folder, 'mib'), 'y'.repeat(1 << 20));
    expect(digests.digestFile(whole)).toBe(sha256('y'.repeat(1 << 20)));
  });

  it.each([
    ['an absent file', 'nothing', 'store/no-file'],
    ['a folder', '.', 'store/no-plain-file'],
  ])('refuses %s', (_, name, code) => {
    const folder = temporaryFolder();
    const path = join(folder, name);
    expectRefusal(() => new FileDigests(join(folder, 'c')).digestFile(path), code, { path });
  });
});
