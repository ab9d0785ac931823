import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { klineCsv, zipOf } from '../../../kit/archive-server.js';
import {
  asked,
  BTC,
  byRest,
  DAY,
  daily,
  day,
  fetchAll,
  monthly,
  publishDay,
  standing,
  tree,
} from './venue.js';

// What the archive had told is not thrown away because something larger came that has less.

const server = standing();
const MONTH = monthly(BTC, '2025-01');
const [FROM, TO] = [day('2025-01-01'), day('2025-02-01')];
const HOLE = day('2025-01-15');
const NAMES = ['2025-01-14', '2025-01-15', '2025-01-16'].map((date) => daily(BTC, date));
const SETS = { datasets: ['bars'], tail: '9d' };
/** January without all of one day but its first bar. */
const short = () => {
  const [before, after] = [klineCsv(BTC, FROM, HOLE + 300_000), klineCsv(BTC, HOLE + DAY, TO)];
  return before + after.slice(after.indexOf('\n') + 1);
};
const plain = (warnings: Awaited<ReturnType<typeof fetchAll>>['warnings']) =>
  warnings.map(({ code, facts }) => ({ code, ...facts }));
const stays = { code: 'ingest/kept-days', symbol: BTC, dataset: 'bars', count: 1, rows: 287 };
const there = (folder: string) => NAMES.filter((name) => tree(folder)[name] !== undefined);

describe('a month that lacks rows of its days', () => {
  it('lets those days stay that have them, tells it, and every later run asks for them', async () => {
    server.withdraw(MONTH);
    for (const date of ['2025-01-14', '2025-01-15', '2025-01-16']) publishDay(server, BTC, date);
    const params = asked(server.base, { ...SETS, tail: '60d' });
    await fetchAll(params);
    expect(there(params.folder)).toEqual(NAMES);
    server.publish(MONTH, short());
    for (let run = 0; run < 2; run++) {
      server.calm();
      const { files, warnings } = await fetchAll(params);
      expect(plain(warnings)).toEqual([{ ...stays, name: NAMES[1] }]);
      expect(there(params.folder)).toEqual([NAMES[1]]);
      expect(files.files.map(({ name }) => name)).toContain(NAMES[1]);
      expect(server.asked).toContain(`/${NAMES[1]}.CHECKSUM`);
    }
    server.publish(MONTH, klineCsv(BTC, FROM, TO));
    const { warnings } = await fetchAll(params);
    expect(warnings.map(({ code }) => code)).toEqual(['ingest/replaced']);
    expect(there(params.folder)).toEqual([]);
  });

  it('that it had before: how many is told, and its days are asked for', async () => {
    const params = asked(server.base, SETS);
    await fetchAll(params);
    for (const date of ['2025-01-14', '2025-01-15', '2025-01-16']) publishDay(server, BTC, date);
    server.publish(MONTH, short());
    const { warnings } = await fetchAll(params);
    expect(plain(warnings)).toEqual([
      { code: 'ingest/replaced', count: 1, name: MONTH },
      { code: 'ingest/shorter', count: 1, rows: 287, name: MONTH },
      { ...stays, name: NAMES[1] },
    ]);
    expect(there(params.folder)).toEqual([NAMES[1]]);
    expect(plain((await fetchAll(params)).warnings)).toEqual([{ ...stays, name: NAMES[1] }]);
  });

  it('says nothing where it has them in microseconds', async () => {
    server.withdraw(MONTH);
    publishDay(server, BTC, '2025-01-15');
    const params = asked(server.base, { ...SETS, tail: '60d' });
    await fetchAll(params);
    const csv = klineCsv(BTC, FROM, TO).replace(/^\d{13}/gm, '$&000');
    server.publish(MONTH, csv);
    const { warnings } = await fetchAll(params);
    expect(warnings).toEqual([]);
    expect(there(params.folder)).toEqual([]);
  });

  it('and cannot be read stands for no row of theirs; a day that cannot be read has none', async () => {
    server.withdraw(MONTH);
    publishDay(server, BTC, '2025-01-15');
    server.publishBytes(daily(BTC, '2025-01-16'), Buffer.from('no zip'));
    const params = asked(server.base, { ...SETS, tail: '60d' });
    await fetchAll(params);
    server.publishBytes(MONTH, zipOf('a.csv', klineCsv(BTC, FROM, TO)).subarray(0, 5000));
    const { warnings } = await fetchAll(params);
    // The other days came by REST, but for the one that the archive has, be it as it may.
    expect(plain(warnings)).toEqual([{ ...stays, count: 30, rows: 30 * 288, name: NAMES[1] }]);
    expect(there(params.folder)).toEqual([NAMES[1]]);
  });
});

describe('a day of the archive that has less than REST told', () => {
  it('lets the day by REST stay; one that has all of it takes its place', async () => {
    for (const date of ['2025-02-06', '2025-02-07']) server.withdraw(daily(BTC, date));
    const params = asked(server.base, SETS);
    await fetchAll(params);
    const half = klineCsv(BTC, day('2025-02-06'), day('2025-02-06') + DAY / 2);
    server.publish(daily(BTC, '2025-02-06'), half);
    publishDay(server, BTC, '2025-02-07');
    const { warnings } = await fetchAll(params);
    const name = byRest(BTC, '2025-02-06');
    expect(plain(warnings)).toEqual([{ ...stays, rows: 144, name }]);
    const found = Object.keys(tree(params.folder));
    expect(found).toContain(name);
    expect(found).not.toContain(byRest(BTC, '2025-02-07'));
    rmSync(join(params.folder, name));
    expect((await fetchAll(params)).warnings).toEqual([]);
  });
});
