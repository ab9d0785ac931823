import { existsSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { makeFolder, sweep, TEMPORARY, temporaryName } from '../../../engine/store/atomic.js';
import { keyOf, sha256 } from '../../../engine/store/digest.js';
import { Records, segmentsIn } from '../../../engine/store/records.js';
import { expectRefusal } from '../frame/kit/refusal.js';
import { temporaryFolder } from './kit/folder.js';
import { record } from './kit/record.js';

const HOUR = 3_600_000;

describe('sweep', () => {
  it('removes old temporary files of ours, and nothing else', () => {
    const folder = temporaryFolder();
    const aged = (name: string, hours: number) => {
      const at = new Date(Date.now() - hours * HOUR);
      writeFileSync(join(folder, name), 'x');
      utimesSync(join(folder, name), at, at);
      return name;
    };
    const ours = () => temporaryName(join(folder, 'x'), 'page.html').slice(folder.length + 1);
    const [old, young] = [aged(ours(), 2), aged(ours(), 0)];
    expect(old).toMatch(TEMPORARY);
    const kept = [young, aged('page.html', 9), aged('theirs.tmp', 9), aged('.hidden.tmp', 9)];
    sweep(folder);
    expect(readdirSync(folder).sort()).toEqual(kept.sort());
    sweep(join(folder, 'absent'));
  });
});

describe('makeFolder', () => {
  it('makes all that is absent, and says where a file is in the way', () => {
    const folder = temporaryFolder();
    makeFolder(join(folder, 'a/b/c'));
    makeFolder(join(folder, 'a/b/c'));
    expect(existsSync(join(folder, 'a/b/c'))).toBe(true);
    writeFileSync(join(folder, 'file'), '');
    expectRefusal(() => makeFolder(join(folder, 'file/d')), 'store/not-a-folder', {
      path: join(folder, 'file/d'),
    });
  });
});

describe('names of segments', () => {
  it('sort after all there are, also when those are dated in the future', () => {
    const folder = temporaryFolder();
    const future = '7ZZZZZZZ00ABCDEFGHJKMNPQRS';
    for (const ending of ['idx', 'rec']) writeFileSync(join(folder, `${future}.${ending}`), '');
    const records = new Records(folder);
    records.append(record(keyOf(sha256('a')), {}));
    records.close();
    const [first, second] = segmentsIn(folder);
    expect(first).toBe(future);
    expect(second !== undefined && second > future).toBe(true);
  });
});
