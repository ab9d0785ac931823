import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Frame } from '../../engine/frame/frame.js';
import { Objects } from '../../engine/store/object.js';
import { readValue, writeValue } from '../../engine/store/value.js';
import { type Row, seconds } from './measure.js';

/** Bars of five minutes in a year. */
const ROWS = 105_120;
const COLUMNS = 60;
const TIMES = 5;

/** One symbol-year of 60 columns into the store and out of it, against the same bytes as one plain file. */
export default async function bench(): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'dag-frame-'));
  try {
    const frames = Array.from({ length: TIMES }, (_, i) => frame(i));
    const plain = join(folder, 'plain');
    const bytes = new Uint8Array(ROWS * COLUMNS * 8).fill(1);
    const written = await seconds(TIMES, () => writeFileSync(plain, bytes));
    const read = await seconds(TIMES, () => readFileSync(plain));
    const objects = new Objects(join(folder, 'objects'), 'relaxed');
    // Another frame each time: columns that are stored are not stored again.
    const stored = frames.map(() => undefined as ReturnType<typeof writeValue> | undefined);
    let next = 0;
    const write = await seconds(TIMES, () => {
      stored[next] = writeValue(objects, 'frame', frames[next]);
      next++;
    });
    next = 0;
    const back = await seconds(TIMES, () => {
      const one = stored[next++];
      if (!one || readValue(objects, one).state !== 'ok') throw new Error('The frame is lost');
    });
    const what = `a symbol-year × ${COLUMNS} columns`;
    const row = (how: string, value: number, plainly: number): Row => ({
      what: `${what}: ${how}`,
      value,
      unit: 's',
      baseline: `the same bytes, plain ${how}`,
      ratio: value / plainly,
      budget: '0.15 s',
      met: value <= 0.15,
    });
    return [row('write', write, written), row('read', back, read)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function frame(seed: number): Frame {
  const column = (c: number) =>
    Float64Array.from({ length: ROWS }, (_, i) => Math.sin(i * (c + 1)) * (seed + 1));
  return Frame.of(
    Object.fromEntries(Array.from({ length: COLUMNS }, (_, c) => [`c${c}`, column(c)])),
  );
}
