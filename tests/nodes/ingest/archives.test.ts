import { createHash } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import market from '../../../nodes/ingest/market.js';
import { refusalLater } from '../../engine/frame/kit/refusal.js';
import { plainFrame } from '../../kit/frame.js';
import { runNode } from '../../kit/node.js';
import { frameAt } from '../../kit/real.js';
import { zip } from '../../kit/zip.js';
import { bars, FILES, folder, from, HEADER, line } from './archives.js';

const NAME = 'BTCUSDT-5m-2025-02.zip';
const CSV = 'BTCUSDT-5m-2025-02.csv';
const text = `${HEADER}\n${line(0)}\n${line(1)}\n`;
const good = zip({ name: CSV, bytes: text });
const sum = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function raw(files: Readonly<Record<string, string | Uint8Array>>) {
  const { outs } = await runNode(market, {}, from(files)());
  return plainFrame(frameAt(outs, 'raw'));
}
async function refused(files: Readonly<Record<string, string | Uint8Array>>) {
  const [problem] = await refusalLater(async () => runNode(market, {}, from(files)()));
  expect(problem?.message).not.toMatch(/\{\w+\}/);
  return { code: problem?.code, ...problem?.facts };
}

describe('an archive', () => {
  it.each([
    ['deflated', good],
    ['stored', zip({ name: CSV, bytes: text, method: 0 })],
    ['of a folder', zip({ name: `data/${CSV}`, bytes: text })],
  ])('%s, gives what it holds', async (_how, bytes) => {
    expect(await raw({ [NAME]: bytes })).toEqual(plainFrame(bars([0, 1])));
  });

  it('of gzip, where the market names such files', async () => {
    const market2 = {
      ...FILES,
      files: FILES.files.map((f) => ({ ...f, names: ['{symbol}.csv.gz'] })),
    };
    const params = { ...from({ 'BTCUSDT.csv.gz': gzipSync(text) })(), market: market2 };
    const { outs } = await runNode(
      market,
      {},
      { ...params, market: { ...market2, files: market2.files.slice(0, 1) } },
    );
    expect(plainFrame(frameAt(outs, 'raw'))).toEqual(plainFrame(bars([0, 1])));
  });

  it.each([
    ['cut in the middle', good.subarray(0, 60), { code: 'ingest/bad-archive' }],
    ['cut at its end', good.subarray(0, good.length - 10), { code: 'ingest/bad-archive' }],
    ['of nothing but a name', Buffer.from('PK'), { code: 'ingest/bad-archive' }],
    ['an HTML page', Buffer.from('<html>404</html>'), { code: 'ingest/bad-archive' }],
    ['no file inside', zip(), { code: 'ingest/several-entries', found: 'nothing' }],
    [
      'two files',
      zip({ name: CSV, bytes: text }, { name: 'x.csv', bytes: text }),
      { code: 'ingest/several-entries', found: '2 files' },
    ],
    [
      'a name that climbs out',
      zip({ name: '../../evil.csv', bytes: text }),
      { code: 'ingest/bad-archive', reason: 'invalid relative path: ../../evil.csv' },
    ],
    [
      'a name from the root',
      zip({ name: '/etc/evil.csv', bytes: text }),
      { code: 'ingest/bad-archive', reason: 'absolute path: /etc/evil.csv' },
    ],
    [
      'a name with backslashes',
      zip({ name: '..\\evil.csv', bytes: text }),
      { code: 'ingest/bad-archive' },
    ],
    [
      'a wrong CRC',
      zip({ name: CSV, bytes: text, crc: 1 }),
      { code: 'ingest/bad-archive', reason: `${CSV} has another CRC-32 than stated` },
    ],
    [
      'more than is stated',
      zip({ name: CSV, bytes: text, size: 10 }),
      { code: 'ingest/bad-archive' },
    ],
    [
      'less than is stated',
      zip({ name: CSV, bytes: text, size: 10_000 }),
      { code: 'ingest/bad-archive' },
    ],
    [
      'a bomb by its own word',
      zip({ name: CSV, bytes: text, size: 0xfffffff0 }),
      { code: 'ingest/too-large', limit: 1 << 30 },
    ],
    [
      'packed in another way',
      zip({ name: CSV, bytes: text, method: 12 }),
      { code: 'ingest/bad-archive' },
    ],
    [
      'a form not known',
      zip({ name: 'BTCUSDT-5m-2025-02.xlsx', bytes: text }),
      { code: 'ingest/unknown-form', file: `${NAME} → BTCUSDT-5m-2025-02.xlsx` },
    ],
    [
      'the bars of another symbol',
      zip({ name: 'ETHUSDT-5m-2025-02.csv', bytes: text }),
      { code: 'ingest/other-entry', file: NAME, found: 'ETHUSDT-5m-2025-02.csv', expected: CSV },
    ],
    [
      'the bars of another month',
      zip({ name: 'BTCUSDT-5m-2025-02-01.csv', bytes: text }),
      { code: 'ingest/other-entry', found: 'BTCUSDT-5m-2025-02-01.csv' },
    ],
    [
      'Parquet, which is read from disk',
      zip({ name: 'BTCUSDT-5m-2025-02.parquet', bytes: text }),
      { code: 'ingest/unknown-form' },
    ],
  ])('with %s is refused', async (_what, bytes, wanted) => {
    expect(await refused({ [NAME]: bytes })).toMatchObject(wanted);
  });

  it('that says little and unpacks to much stops at what it said', async () => {
    const bomb = zip({ name: CSV, bytes: Buffer.alloc(50_000_000), size: 1000 });
    expect(await refused({ [NAME]: bomb })).toMatchObject({
      code: 'ingest/bad-archive',
      file: NAME,
    });
  });

  it('leaves the folder as it was', async () => {
    const params = from({ [NAME]: zip({ name: '../evil.csv', bytes: text }) })();
    await refusalLater(async () => runNode(market, {}, params));
    expect(readdirSync(params.folder)).toEqual([NAME]);
    expect(readdirSync(join(params.folder, '..')).filter((name) => name === 'evil.csv')).toEqual(
      [],
    );
  });
});

describe('a checksum beside a file', () => {
  it.each([
    ['of the archive', `${sum(good)}  ${NAME}\n`],
    ['without a name', sum(good)],
    ['of a path', `${sum(good)}  ./data/${NAME}\n`],
    ['in capitals', `${sum(good).toUpperCase()} *${NAME}`],
  ])('%s agrees', async (_how, stated) => {
    expect(await raw({ [NAME]: good, [`${NAME}.CHECKSUM`]: stated })).toEqual(
      plainFrame(bars([0, 1])),
    );
  });

  it('that is another is refused with both', async () => {
    const files = { [NAME]: good, [`${NAME}.CHECKSUM`]: `${'0'.repeat(64)}  ${NAME}` };
    expect(await refused(files)).toMatchObject({
      code: 'ingest/wrong-checksum',
      file: NAME,
      found: sum(good),
      expected: '0'.repeat(64),
    });
  });

  it('of another file is refused, right as its sum may be', async () => {
    const other = 'ETHUSDT-5m-2025-02.zip';
    const files = { [NAME]: good, [`${NAME}.CHECKSUM`]: `${sum(good)}  ${other}\n` };
    expect(await refused(files)).toMatchObject({
      code: 'ingest/other-checksum',
      file: `${NAME}.CHECKSUM`,
      found: other,
      expected: NAME,
    });
  });

  it('that holds none is refused', async () => {
    const files = { [NAME]: good, [`${NAME}.CHECKSUM`]: '<html>' };
    expect(await refused(files)).toMatchObject({ code: 'ingest/bad-checksum', found: '<html>' });
  });

  it('is looked at beside a CSV too', async () => {
    const files = { [CSV]: text, [`${CSV}.CHECKSUM`]: `${sum(good)}  ${CSV}` };
    expect(await refused(files)).toMatchObject({ code: 'ingest/wrong-checksum', file: CSV });
  });
});

describe('lines of text', () => {
  it('of 200 MB are refused without being held as text', async () => {
    const path = folder({});
    const huge = Buffer.alloc(200_000_000, 0x37);
    writeFileSync(join(path, CSV), huge);
    const params = { ...from({})(), folder: path };
    const [problem] = await refusalLater(async () => runNode(market, {}, params));
    expect(problem).toMatchObject({
      code: 'ingest/long-line',
      facts: { file: CSV, row: 1, limit: 65_536 },
    });
  });

  it('of forty thousand cells have the wrong width', async () => {
    const long = `${line(0)}\n${'1,'.repeat(40_000)}\n`;
    expect(await refused({ [CSV]: long })).toMatchObject({
      code: 'ingest/wrong-width',
      row: 2,
      found: 40_001,
    });
  });

  it('that are no UTF-8 behind a sound start', async () => {
    const bytes = Buffer.concat([Buffer.from(`${line(0)}\n`), Buffer.from([0xc3, 0x28])]);
    expect(await refused({ [CSV]: bytes })).toMatchObject({ code: 'ingest/not-text', file: CSV });
  });
});
