import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { incrementBase32 } from 'ulid';
import { type Key, keyOf, sha256 } from '../../../engine/store/digest.js';
import { applyGc, type GcPlan, planGc } from '../../../engine/store/gc.js';
import type { ObjectStat } from '../../../engine/store/object.js';
import { livePath } from '../../../engine/store/segment.js';
import { Store } from '../../../engine/store/store.js';
import { writeValue } from '../../../engine/store/value.js';
import { frame } from '../../kit/frame.js';
import { expectRefusal } from '../frame/kit/refusal.js';
import { temporaryFolder } from './kit/folder.js';
import { record } from './kit/record.js';

const DAY = 24 * 3_600_000;
const OLD = '2024-01-01T00:00:00.000Z';
const NOW = Date.parse('2024-02-01T00:00:00.000Z');
const key = (i: number): Key => keyOf(sha256(`key ${i}`));

/** A store whose records 0 … count − 1 each have a frame of one column; everything in it is a month old. */
function lake(count: number, at: (i: number) => string = () => OLD): Store {
  const store = Store.open(temporaryFolder());
  for (let i = 0; i < count; i++) put(store, i, i, at(i));
  store.close();
  for (const hash of store.objects.list()) age(store.objects.path(hash));
  return store;
}

function put(store: Store, i: number, value: number, at: string): void {
  const out = writeValue(store.objects, 'frame', frame({ x: [value, value + 0.5] }));
  store.records.append({ ...record(key(i), { at }), outputs: { out } });
}

function age(path: string): void {
  utimesSync(path, new Date(OLD), new Date(OLD));
}

function plan(store: Store, keep: readonly number[] = []): GcPlan {
  return planGc(store, { keep: new Set(keep.map(key)), now: NOW });
}

const bytes = (objects: readonly ObjectStat[]) => objects.reduce((sum, o) => sum + o.bytes, 0);

describe('gc', () => {
  it('keeps what the runs need and drops the rest', () => {
    const store = lake(4);
    const before = plan(store, [1, 3]);
    expect(before).toMatchObject({ dropped: 2, leftovers: [], foreign: [] });
    expect(before.objects).toHaveLength(2);
    expect(before.bytes).toBeGreaterThan(bytes(before.objects));
    expect(store.objects.list()).toHaveLength(4); // a plan touches nothing
    applyGc(store, before);
    const after = Store.open(store.lake);
    expect(after.records.size).toBe(2);
    expect(after.records.segments()).toHaveLength(1);
    expect(after.objects.list()).toHaveLength(2);
    for (const i of [1, 3]) {
      const entry = after.records.find(key(i));
      const read = entry && after.records.read(entry);
      expect(read).toMatchObject({ key: key(i), preimage: { node: 'test.node' } });
    }
    const again = plan(after, [1, 3]);
    expect(again).toMatchObject({ dropped: 0, segments: [], objects: [], bytes: 0 });
  });

  it('keeps young records and objects', () => {
    const store = lake(2, (i) => (i === 0 ? OLD : new Date(NOW - DAY + 1000).toISOString()));
    expect(plan(store).dropped).toBe(1);
    const fresh = store.objects.put(Buffer.from('just written'));
    utimesSync(store.objects.path(fresh), new Date(NOW - 1000), new Date(NOW - 1000));
    expect(plan(store).objects.map(({ hash }) => hash)).not.toContain(fresh);
    age(store.objects.path(fresh));
    expect(plan(store).objects.map(({ hash }) => hash)).toContain(fresh);
  });

  it('drops a record that a later one replaced', () => {
    const store = lake(1);
    put(store, 0, 9, OLD);
    store.close();
    const { kept, dropped } = plan(store, [0]);
    expect([kept.length, dropped]).toEqual([1, 1]);
  });

  it('leaves segments of running processes alone', () => {
    const store = lake(1);
    put(store, 1, 1, OLD); // not closed: this process is alive
    for (const hash of store.objects.list()) age(store.objects.path(hash));
    const found = plan(store);
    expect(found).toMatchObject({ dropped: 1 });
    expect(found.segments).toHaveLength(1);
    applyGc(store, found);
    expect(store.records.segments()).toHaveLength(1);
    expect(store.objects.list()).toHaveLength(1);
    store.close();
  });

  it('takes a segment for live while its process runs, or in doubt', () => {
    const store = lake(1);
    const [segment = ''] = store.records.segments();
    const path = livePath(store.records.folder, segment);
    const dropped = (mark: string, stamp: number) => {
      writeFileSync(path, mark);
      utimesSync(path, stamp / 1000, stamp / 1000);
      return plan(store).dropped;
    };
    expect(dropped(`{"pid":${process.pid},"host":"elsewhere"}`, NOW - DAY / 2)).toBe(0);
    expect(dropped(`{"pid":${process.pid},"host":"elsewhere"}`, NOW - 2 * DAY)).toBe(1);
    expect(dropped('{"pi', NOW - 1000)).toBe(0);
    expect(dropped('{"pi', NOW - 2 * DAY)).toBe(1);
  });

  it('keeps everything while another process is at work: it may count on any result', () => {
    const store = lake(1);
    const found = (busySince?: number) => {
      const { objects, dropped } = planGc(store, {
        keep: new Set(),
        now: NOW,
        young: 0,
        busySince,
      });
      return [objects.length, dropped];
    };
    const [hash] = store.objects.list();
    utimesSync(hash ? store.objects.path(hash) : '', NOW / 1000 - 200_000, NOW / 1000 - 200_000);
    expect(found()).toEqual([1, 1]);
    // A run that is under way; then one whose process has marked a segment.
    expect(found(NOW - 1000)).toEqual([0, 0]);
    const mark = livePath(store.records.folder, incrementBase32(store.records.segments()[0] ?? ''));
    writeFileSync(mark, JSON.stringify({ pid: process.ppid, host: hostname() }));
    expect(found()).toEqual([0, 0]);
  });

  it('keeps an object that a running process names after the plan', () => {
    const store = lake(1);
    const found = plan(store);
    expect(found.objects).toHaveLength(1);
    const other = Store.open(store.lake);
    put(other, 7, 0, OLD); // equal content: the old object serves again
    applyGc(store, found);
    expect(store.objects.list()).toHaveLength(1);
    other.close();
  });

  it('removes what killed processes left, and nothing of others', () => {
    const store = lake(1);
    const [hash = sha256('')] = store.objects.list();
    const folder = join(store.objects.folder, hash.slice(0, 2));
    const left = [
      join(folder, `.${hash}.1.0.1.tmp`),
      join(store.records.folder, '01ARZ3NDEKTSV4RRFFQ69G5FAV.rec'),
    ];
    const foreign = [
      join(folder, 'notes.txt'),
      join(store.objects.folder, 'mine'),
      join(store.records.folder, 'README'),
    ];
    mkdirSync(foreign[1] ?? '');
    for (const path of [...left, ...foreign.filter((p) => !existsSync(p))]) writeFileSync(path, '');
    for (const path of [...left, ...foreign]) age(path);
    const found = plan(store, [0]);
    expect([...found.leftovers].sort()).toEqual([...left].sort());
    expect([...found.foreign].sort()).toEqual([...foreign].sort());
    applyGc(store, found);
    expect([...left, ...foreign].map((path) => existsSync(path))).toEqual([
      false,
      false,
      true,
      true,
      true,
    ]);
  });

  it('merges many small segments, the latest record of a key counting as before', () => {
    const store = lake(0);
    for (let i = 0; i < 20; i++) {
      put(store, i % 5, i, OLD);
      store.close();
    }
    const found = plan(store, [0, 1, 2, 3, 4]);
    expect(found.segments).toHaveLength(20);
    applyGc(store, found);
    const after = Store.open(store.lake);
    expect(readdirSync(after.records.folder)).toHaveLength(2);
    const heads = after.records.heads(after.records.all());
    const rows = heads.map((head) => head?.outputs.out).map((out) => JSON.stringify(out));
    const expected = [15, 16, 17, 18, 19].map((value) => {
      const out = writeValue(after.objects, 'frame', frame({ x: [value, value + 0.5] }));
      return JSON.stringify(out);
    });
    expect(rows.sort()).toEqual(expected.sort());
  });

  it('refuses to run beside another gc', () => {
    const store = lake(2);
    const found = plan(store, [0]);
    const next = incrementBase32(found.segments.at(-1) ?? '');
    writeFileSync(livePath(store.records.folder, next), '');
    expectRefusal(() => applyGc(store, found), 'store/gc-running', {
      folder: store.records.folder,
    });
    expect(Store.open(store.lake).records.size).toBe(2);
  });
});
