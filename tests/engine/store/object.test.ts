import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { sha256 } from '../../../engine/store/digest.js';
import { guarded } from '../../../engine/store/failure.js';
import { Objects } from '../../../engine/store/object.js';
import { expectRefusal } from '../frame/kit/refusal.js';
import { temporaryFolder } from './kit/folder.js';

const bytes = (text: string) => Buffer.from(text);

function corrupt(path: string, content: Uint8Array): void {
  chmodSync(path, 0o644);
  writeFileSync(path, content);
}

describe('Objects', () => {
  it.each(['relaxed', 'run'] as const)(
    'stores bytes under their hash, read-only (%s)',
    (durability) => {
      const objects = new Objects(temporaryFolder(), durability);
      const hash = objects.put(bytes('abc'));
      expect(hash).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
      expect(objects.path(hash)).toBe(join(objects.folder, 'ba', hash));
      expect(statSync(objects.path(hash)).mode & 0o777).toBe(0o444);
      expect(objects.read(hash)).toEqual({ state: 'ok', bytes: Uint8Array.from(bytes('abc')) });
      expect(objects.list()).toEqual([hash]);
      expect(readdirSync(join(objects.folder, 'ba'))).toEqual([hash]);
    },
  );

  it('writes equal bytes once', () => {
    const objects = new Objects(temporaryFolder());
    const before = objects.stat(objects.put(bytes('abc')));
    expect(objects.stat(objects.put(bytes('abc')))).toEqual(before);
    expect(objects.list()).toHaveLength(1);
  });

  it('stores nothing at all, too', () => {
    const objects = new Objects(temporaryFolder());
    expect(objects.read(objects.put(new Uint8Array(0)))).toEqual({
      state: 'ok',
      bytes: new Uint8Array(0),
    });
  });

  it('writes again what lies there with the wrong size', () => {
    const objects = new Objects(temporaryFolder());
    const hash = objects.put(bytes('abc'));
    corrupt(objects.path(hash), bytes('ab'));
    expect(objects.read(hash)).toEqual({ state: 'corrupt', hash });
    objects.put(bytes('abc'));
    expect(objects.verify(hash)).toBe('ok');
  });

  it('writes again what lies there with the right size and other bytes, and what is no file', () => {
    const objects = new Objects(temporaryFolder());
    const content = Buffer.alloc(600_000, 'abc');
    const hash = objects.put(content);
    for (const at of [0, 300_000, 599_999]) {
      const wrong = Buffer.from(content);
      wrong[at] = 0;
      corrupt(objects.path(hash), wrong);
      expect(objects.verify(hash)).toBe('corrupt');
      objects.put(content);
      expect(objects.verify(hash)).toBe('ok');
    }
    rmSync(objects.path(hash));
    mkdirSync(join(objects.path(hash), 'inside'), { recursive: true });
    expect(objects.verify(hash)).toBe('corrupt');
    objects.put(content);
    expect(objects.verify(hash)).toBe('ok');
  });

  it('notices a flipped bit in any byte', () => {
    const objects = new Objects(temporaryFolder());
    const content = Buffer.from('forty-two bytes that must stay as they are');
    const hash = objects.put(content);
    for (let at = 0; at < content.length; at++) {
      const flipped = Buffer.from(content);
      flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8));
      corrupt(objects.path(hash), flipped);
      expect(objects.verify(hash)).toBe('corrupt');
    }
  });

  it('discards what is corrupt, and only that', () => {
    const objects = new Objects(temporaryFolder());
    const hash = objects.put(bytes('abc'));
    expect(objects.discard(hash)).toBe(false);
    corrupt(objects.path(hash), bytes('abd'));
    expect(objects.discard(hash)).toBe(true);
    expect(objects.read(hash)).toEqual({ state: 'missing', hash });
    expect(objects.discard(hash)).toBe(false);
    expect(objects.remove(hash)).toBe(false);
  });

  it('reads into given memory, shared or not, of the right size', () => {
    const objects = new Objects(temporaryFolder());
    const hash = objects.put(bytes('abcd'));
    const shared = new Uint8Array(new SharedArrayBuffer(16), 8, 4);
    expect(objects.readInto(hash, shared).state).toBe('ok');
    expect([...shared]).toEqual([...bytes('abcd')]);
    expect(objects.readInto(hash, new Uint8Array(3))).toEqual({ state: 'corrupt', hash });
    expect(objects.readInto(sha256('absent'), shared).state).toBe('missing');
  });

  it('passes over files that are not objects', () => {
    const objects = new Objects(temporaryFolder());
    const hash = objects.put(bytes('abc'));
    writeFileSync(join(objects.folder, 'ba', 'notes.txt'), '');
    writeFileSync(join(objects.folder, 'README'), '');
    expect(objects.list()).toEqual([hash]);
    expect(new Objects(join(objects.folder, 'absent')).list()).toEqual([]);
  });

  it('refuses a folder that is a file', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'objects'), '');
    const objects = new Objects(join(folder, 'objects'));
    expectRefusal(() => objects.put(bytes('abc')), 'store/not-a-folder');
    expect(readFileSync(join(folder, 'objects'), 'utf8')).toBe('');
  });

  const full = '/dev/full';
  (existsSync(full) ? it : it.skip)('says when the disk is full', () => {
    expectRefusal(() => guarded(full, () => writeFileSync(full, 'x')), 'store/disk-full', {
      path: full,
    });
  });

  it.each([
    ['EROFS', 'store/read-only'],
    ['EDQUOT', 'store/disk-full'],
    ['EACCES', 'store/no-rights'],
    ['ELOOP', 'store/link-loop'],
    ['EMFILE', 'store/too-many-open'],
  ])('tells %s as %s', (errno, code) => {
    const fail = () => {
      throw Object.assign(new Error(errno), { code: errno });
    };
    expectRefusal(() => guarded('/lake', fail), code, { path: '/lake' });
  });
});
