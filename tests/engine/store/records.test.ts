import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Key, keyOf, sha256 } from '../../../engine/store/digest.js';
import { Records } from '../../../engine/store/records.js';
import { LINE_BYTES } from '../../../engine/store/segment.js';
import { expectRefusal } from '../frame/kit/refusal.js';
import { temporaryFolder } from './kit/folder.js';
import { record } from './kit/record.js';

const key = (i: number): Key => keyOf(sha256(`key ${i}`));

function written(folder: string, values: readonly number[]): Records {
  const records = new Records(folder);
  for (const [i, value] of values.entries()) records.append(record(key(i), { value }));
  records.close();
  return records;
}

describe('Records', () => {
  it.each(['relaxed', 'run'] as const)(
    'come back whole, in this process and the next (%s)',
    (durability) => {
      const folder = temporaryFolder();
      const records = new Records(folder, durability);
      const first = record(key(1), { value: 1, item: 'features@ß', log: ['naïve', '🙂\n'] });
      expect(records.append(first)).toBeUndefined();
      for (const reader of [records, new Records(folder)]) {
        const entry = reader.find(key(1));
        expect(entry && reader.read(entry)).toEqual(first);
        expect(entry && reader.heads([entry])[0]).toMatchObject({
          key: key(1),
          item: 'features@ß',
          objects: first.objects,
        });
        expect(reader.find(key(2))).toBeUndefined();
      }
      records.close();
    },
  );

  it('appended soon are read at once here, and by others after a flush, a moment, or the next that is written now', async () => {
    const folder = temporaryFolder();
    const records = new Records(folder);
    const seen = () => new Records(folder).size;
    records.append(record(key(1), { value: 1 }), 'soon');
    expect(records.find(key(1)) && seen()).toBe(0);
    records.flush();
    expect(seen()).toBe(1);
    records.append(record(key(2), { value: 2 }), 'soon');
    const entry = records.find(key(2));
    expect(entry && records.read(entry)?.outputs).toEqual(record(key(2), { value: 2 }).outputs);
    records.append(record(key(3), { value: 3 }), 'soon');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(seen()).toBe(3);
    records.append(record(key(4), { value: 4 }), 'soon');
    records.append(record(key(5), { value: 5 }));
    expect(seen()).toBe(5);
    records.append(record(key(6), { value: 6 }), 'soon');
    records.close();
    const reader = new Records(folder);
    expect(reader.heads(reader.all()).filter((head) => head)).toHaveLength(6);
  });

  it('keep index lines within 200 bytes', () => {
    const folder = temporaryFolder();
    written(folder, [1, 2, 3]);
    const [index = ''] = readdirSync(folder).filter((name) => name.endsWith('.idx'));
    expect(readFileSync(join(folder, index)).length).toBe(3 * LINE_BYTES);
    expect(LINE_BYTES).toBeLessThanOrEqual(200);
  });

  it('let the later of two records count, within and across segments', () => {
    const folder = temporaryFolder();
    written(folder, [1, 2]);
    const second = written(folder, [7]);
    second.append(record(key(0), { value: 8 }));
    second.close();
    const reader = new Records(folder);
    const values = [0, 1].map((i) => {
      const entry = reader.find(key(i));
      return entry && reader.read(entry)?.outputs.out;
    });
    expect(values).toEqual([
      { kind: 'scalar', value: 8 },
      { kind: 'scalar', value: 2 },
    ]);
    expect(reader.all()).toHaveLength(2);
    expect(reader.size).toBe(2);
  });

  it('give the earlier entry when a key gets other outputs', () => {
    const folder = temporaryFolder();
    written(folder, [1]);
    const records = new Records(folder);
    expect(records.append(record(key(0), { value: 1 }))).toBeUndefined();
    expect(records.append(record(key(0), { value: 2 }))).toMatchObject({ key: key(0) });
    records.close();
  });

  it('see what others append after a refresh, and keep their own', () => {
    const folder = temporaryFolder();
    const [mine, other] = [new Records(folder), new Records(folder)];
    mine.append(record(key(0), { value: 1 }));
    other.append(record(key(1), { value: 2 }));
    expect(mine.find(key(1))).toBeUndefined();
    mine.refresh();
    expect([mine.find(key(0)), mine.find(key(1))].every(Boolean)).toBe(true);
    other.append(record(key(2), { value: 3 }));
    mine.refresh();
    expect(mine.find(key(2))).toBeDefined();
    for (const records of [mine, other]) records.close();
  });

  it('survive a tail torn at any byte of either file', () => {
    const folder = temporaryFolder();
    written(folder, [1, 2]);
    const [segment = ''] = new Records(folder).segments();
    const files = ['idx', 'rec'].map((ending) => {
      const path = join(folder, `${segment}.${ending}`);
      return { path, bytes: readFileSync(path) };
    });
    const restore = () => {
      for (const { path, bytes } of files) writeFileSync(path, bytes);
    };
    for (const { path, bytes } of files) {
      const step = Math.max(1, Math.floor(bytes.length / 150));
      for (let end = 0; end < bytes.length; end += step) {
        restore();
        truncateSync(path, end);
        const reader = new Records(folder);
        const read = [0, 1].map((i) => {
          const entry = reader.find(key(i));
          return entry && reader.read(entry);
        });
        expect(read[1]).toBeUndefined();
        if (end >= bytes.length / 2 + 1) expect(read[0]).toMatchObject({ key: key(0) });
        expect(reader.heads(reader.all()).filter(Boolean).length).toBeLessThan(3);
      }
    }
  });

  it('notice any changed byte', () => {
    const folder = temporaryFolder();
    written(folder, [1]);
    const [segment = ''] = new Records(folder).segments();
    const change = fc.tuple(
      fc.constantFrom('idx', 'rec'),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
    );
    fc.assert(
      fc.property(change, ([ending, at, bits]) => {
        const path = join(folder, `${segment}.${ending}`);
        const bytes = readFileSync(path);
        const changed = Buffer.from(bytes);
        const where = at % bytes.length;
        changed[where] = (changed[where] ?? 0) ^ bits;
        writeFileSync(path, changed);
        const reader = new Records(folder);
        const found = reader.find(key(0));
        expect(found && reader.read(found)).toBeUndefined();
        writeFileSync(path, bytes);
      }),
      { seed: 5, numRuns: 200 },
    );
  });

  it('read many heads with one damaged among them', () => {
    const folder = temporaryFolder();
    written(folder, [1, 2, 3]);
    const reader = new Records(folder);
    const entries = [2, 0, 1]
      .map((i) => reader.find(key(i)))
      .filter((entry) => entry !== undefined);
    const [segment = ''] = reader.segments();
    const path = join(folder, `${segment}.rec`);
    const bytes = readFileSync(path);
    const at = entries[2]?.offset ?? 0;
    bytes[at + 5] = (bytes[at + 5] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    expect(reader.heads(entries).map((head) => head?.outputs.out)).toEqual([
      { kind: 'scalar', value: 3 },
      { kind: 'scalar', value: 1 },
      undefined,
    ]);
  });

  it('pass over files that are no segments', () => {
    const folder = temporaryFolder();
    for (const name of ['notes.idx', 'x', '01ARZ3NDEKTSV4RRFFQ69G5FAV.rec'])
      appendFileSync(join(folder, name), 'x');
    expect(new Records(folder).segments()).toEqual([]);
    expect(new Records(join(folder, 'absent')).size).toBe(0);
  });

  it('refuse a record without a time', () => {
    const records = new Records(temporaryFolder());
    expectRefusal(() => records.append({ ...record(key(0), {}), at: 'soon' }), 'store/bad-record', {
      item: 'item',
    });
    records.close();
  });

  it('keep stored columns, files and large values', () => {
    const folder = temporaryFolder();
    const records = new Records(folder);
    const object = sha256('bytes');
    const other = sha256('other');
    const full = {
      ...record(key(0), {}),
      outputs: {
        table: {
          kind: 'frame' as const,
          rows: 3,
          columns: [
            { name: 'a', dtype: 'f64' as const, unit: 'usd', object },
            { name: 'b', dtype: 'text' as const, object: other },
          ],
        },
        small: { kind: 'json' as const, object, inline: null },
        large: { kind: 'json' as const, object },
        page: { kind: 'file' as const, object, name: 'a.html', bytes: 5 },
      },
      objects: [
        { hash: other, bytes: 7, mtimeMs: 1_704_067_200_000.25 },
        { hash: sha256('elsewhere'), bytes: 8, mtimeMs: 1 },
      ],
      warnings: [{ code: 'x/y' }],
    };
    records.append(full);
    const entry = records.find(key(0));
    expect(entry && records.read(entry)).toEqual(full);
    records.close();
  });
});

describe('several writers', () => {
  it('append in turn, and lose nothing', () => {
    const folder = temporaryFolder();
    const writers = [0, 1, 2].map(() => new Records(folder));
    for (let i = 0; i < 40; i++) {
      const writer = writers[i % 3];
      writer?.append(record(key(i), { value: i }));
    }
    const reader = new Records(folder);
    expect(reader.size).toBe(40);
    expect(reader.segments()).toHaveLength(3);
    expect(reader.heads(reader.all()).every(Boolean)).toBe(true);
    for (const writer of writers) writer.close();
    expect(readdirSync(folder).filter((name) => name.endsWith('.live'))).toEqual([]);
  });

  it('find whole records beside a writer that is killed', async () => {
    const folder = temporaryFolder();
    written(folder, [1]);
    const source = readFileSync(join(folder, `${new Records(folder).segments()[0]}.rec`));
    // A process dies while it appends half a record to a segment of its own.
    const script = `require('node:fs').writeFileSync(process.argv[1], process.argv[2]); process.kill(process.pid, 'SIGKILL')`;
    const path = join(folder, '7ZZZZZZZZZZZZZZZZZZZZZZZZZ.rec');
    const child = spawn(process.execPath, [
      '-e',
      script,
      path,
      source.subarray(0, 50).toString('latin1'),
    ]);
    await once(child, 'exit');
    const reader = new Records(folder);
    expect(reader.size).toBe(1);
    reader.append(record(key(1), { value: 2 }));
    reader.close();
    expect(new Records(folder).size).toBe(2);
  });
});
