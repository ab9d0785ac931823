import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import download from '../../../../nodes/ingest/download.js';
import { refusalLater } from '../../../engine/frame/kit/refusal.js';
import { ArchiveServer, type Faults, klineCsv, sha256 } from '../../../kit/archive-server.js';
import { filled, testContext } from '../../../kit/node.js';
import {
  asked,
  BTC,
  daily,
  day,
  fetchAll,
  marketOf,
  monthly,
  networkOf,
  publishAll,
  rest,
  standing,
  tree,
  undisturbed,
  zips,
} from './venue.js';

const server = standing();
let whole: Readonly<Record<string, string>>;
beforeAll(async () => {
  whole = await undisturbed(server);
});

/** What does not pass: the code, and the facts that lead to the place. */
const LASTING: readonly (readonly [string, Faults, Readonly<Record<string, unknown>>])[] = [
  [
    'a host that is down',
    () => 'drop',
    { code: 'ingest/gave-up', attempts: 10, why: 'UND_ERR_SOCKET' },
  ],
  [
    'one file that never comes',
    (path) => (path === `/${monthly(BTC, '2025-01')}` ? { status: 500 } : undefined),
    { code: 'ingest/gave-up', count: 1, why: 'status 500' },
  ],
  [
    'a region that is not served',
    (p) => (rest.test(p) ? { status: 451 } : undefined),
    { code: 'ingest/region-refused' },
  ],
  [
    'a firewall',
    (path) => (rest.test(path) ? { status: 403, body: 'WAF  limit\nviolated' } : undefined),
    { code: 'ingest/forbidden', status: 403, said: 'WAF limit violated' },
  ],
  [
    'a ban for two hours',
    (path) => (rest.test(path) ? { status: 418, headers: { 'retry-after': '7200' } } : undefined),
    { code: 'ingest/banned', host: 'venue', seconds: 7200, patience: 5 },
  ],
  [
    'a ban that is told as a date',
    () => ({ status: 429, headers: { 'retry-after': new Date(Date.now() + 9e6).toUTCString() } }),
    { code: 'ingest/banned', host: 'venue', patience: 5 },
  ],
  [
    'a storm that never ends',
    () => ({ status: 429, headers: { 'retry-after': '1' } }),
    { code: 'ingest/banned' },
  ],
  [
    'a way out of the host',
    () => ({ status: 302, headers: { location: 'http://example.invalid/x' } }),
    { code: 'ingest/left-host', target: 'http://example.invalid/x' },
  ],
  [
    'a way into the files of this machine',
    () => ({ status: 302, headers: { location: 'file:///etc/passwd' } }),
    { code: 'ingest/left-host', target: 'file:///etc/passwd' },
  ],
  [
    'a way to a host that only looks alike',
    () => ({ status: 302, headers: { location: '//127.0.0.1:1/x' } }),
    { code: 'ingest/left-host', target: '//127.0.0.1:1/x' },
  ],
  [
    'a circle',
    (path) => ({ status: 302, headers: { location: path } }),
    { code: 'ingest/left-host' },
  ],
  [
    'a checksum of a megabyte',
    (path) => (path.endsWith('.CHECKSUM') ? { body: 'x'.repeat(1 << 20) } : undefined),
    { code: 'ingest/too-much', limit: 4096 },
  ],
];

describe('a host that nobody reaches', () => {
  const closed = async () => {
    const gone = new ArchiveServer();
    const address = await gone.start();
    await gone.stop();
    return address;
  };
  const away = (more: object) => asked('http://nowhere.invalid:1', { backoff: 40, ...more });
  it.each([
    ['a port where nobody listens', closed, /^ECONNREFUSED$/],
    ['a name that nobody has', async () => 'http://nowhere.invalid', /^(ENOTFOUND|EAI_AGAIN)$/],
  ])('%s is told at once, not after all tries of all files', async (_name, where, why) => {
    const address = await where();
    const started = Date.now();
    const params = away({ market: marketOf(networkOf(address)) });
    const [problem] = await refusalLater(async () => fetchAll(params));
    expect(problem).toMatchObject({
      code: 'ingest/unreachable',
      facts: { host: new URL(address).host, why: expect.stringMatching(why) },
    });
    // Three tries with pauses of 40 and 80 ms; ten would take 20 s.
    expect(Date.now() - started).toBeLessThan(10_000);
    expect(download.transient).not.toContain('ingest/unreachable');
  });

  it('one that was reached before is waited for', async () => {
    const own = new ArchiveServer();
    const address = await own.start();
    let answers = 0;
    own.faults = () => {
      answers += 1;
      if (answers === 2) void own.stop();
      return undefined;
    };
    const params = away({ market: marketOf(networkOf(address)), attempts: 4, backoff: 1 });
    const [problem] = await refusalLater(async () => fetchAll(params));
    expect(problem?.code).toBe('ingest/gave-up');
  });
});

describe('what lasts', () => {
  it.each(LASTING)('%s', async (_name, faults, facts) => {
    server.faults = faults;
    const params = asked(server.base);
    const [problem] = await refusalLater(() => fetchAll(params));
    expect({ code: problem?.code, ...problem?.facts }).toMatchObject(facts);
    expect(problem?.message).not.toMatch(/\{\w+\}/);
    // Nothing is left half-way, and the run after it ends as if nothing had happened.
    const parts = Object.keys(tree(params.folder)).filter((name) => name.endsWith('.part'));
    expect(parts).toEqual([]);
    server.calm();
    await fetchAll(params);
    expect(tree(params.folder)).toEqual(whole);
  });

  it('stops asking a host that bans, whatever else was to be asked', async () => {
    server.faults = () => ({ status: 418, headers: { 'retry-after': '7200' } });
    await refusalLater(() => fetchAll(asked(server.base)));
    // Four at once were under way.
    expect(server.asked.length).toBeLessThanOrEqual(4);
  });

  it.each([
    ['says its size', undefined],
    ['does not', 'unsized'],
  ] as const)('a body that is larger than it may be is not kept, if it %s', async (_how, fault) => {
    const name = monthly(BTC, '2025-01');
    server.publishBytes(name, new Uint8Array(3 * 1024 * 1024));
    server.faults = (path) => (path === `/${name}` ? fault : undefined);
    const market = marketOf({ ...networkOf(server.base), largest: 2 });
    const params = asked(server.base, { market });
    const [problem] = await refusalLater(() => fetchAll(params));
    expect(problem).toMatchObject({ code: 'ingest/too-much', facts: { limit: 2 * 1024 * 1024 } });
    expect(Object.keys(tree(params.folder))).not.toContain(name);
  });
});

describe('a checksum that stays wrong', () => {
  it('quarantines the file, tells, and makes the month of its days', async () => {
    const name = monthly(BTC, '2025-01');
    const bad = server.publishBytes(name, Buffer.from('PK another file'), '1'.repeat(64));
    const from = day('2025-01-15');
    server.publish(daily(BTC, '2025-01-15'), klineCsv(BTC, from, from + 86_400_000));
    const params = asked(server.base);
    const { files, warnings } = await fetchAll(params);
    expect(warnings).toMatchObject([{ code: 'ingest/quarantined', facts: { count: 1, name } }]);
    expect(files.files.find((file) => file.name === name)).toMatchObject({ state: 'quarantined' });
    const found = tree(params.folder);
    expect(found[name]).toBeUndefined();
    expect(Object.keys(found)).toContain(daily(BTC, '2025-01-15'));
    const folder = join(params.folder, '.quarantine', name, '..');
    const [kept = ''] = readdirSync(folder);
    expect(sha256(readFileSync(join(folder, kept)))).toBe(sha256(bad));
    expect(kept).toContain(sha256(bad).slice(0, 12));
  });

  it('leaves what was verified before where it is', async () => {
    const params = asked(server.base);
    await fetchAll(params);
    server.publishBytes(monthly(BTC, '2025-01'), Buffer.from('PK'), '1'.repeat(64));
    const { warnings } = await fetchAll(params);
    expect(warnings.map(({ code }) => code)).toEqual(['ingest/quarantined']);
    expect(tree(params.folder)).toEqual(whole);
  });
});

describe('a folder that takes no files', () => {
  it('is told by path and reason, and nothing half is left', async () => {
    const params = asked(server.base);
    mkdirSync(join(params.folder, 'data/futures/um'), { recursive: true });
    writeFileSync(join(params.folder, 'data/futures/um/daily'), 'a file where a folder is due');
    const [problem] = await refusalLater(() => fetchAll(params));
    const { path, ...facts } = { path: '', ...problem?.facts };
    expect({ code: problem?.code, ...facts }).toEqual({
      code: 'ingest/cannot-write',
      reason: 'ENOTDIR',
    });
    expect(path).toContain('data/futures/um/daily');
    expect(Object.keys(tree(params.folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });
});

describe('a run that is cancelled', () => {
  it.each([0, 20, 60, 120])(
    'stops within moments, %d ms after it began, with nothing half',
    async (after) => {
      server.faults = (path) => (zips.test(path) ? { late: 50 } : undefined);
      const stop = new AbortController();
      const params = asked(server.base);
      const ctx = { ...testContext(download), signal: stop.signal };
      const running = Promise.resolve(download.run({}, filled(download, params), ctx));
      setTimeout(() => stop.abort(new Error('cancelled')), after);
      await expect(running).rejects.toThrow('cancelled');
      const left = tree(params.folder);
      expect(Object.keys(left).filter((name) => name.endsWith('.part'))).toEqual([]);
      // Nothing goes on behind its back.
      await pause(150);
      expect(tree(params.folder)).toEqual(left);
      server.calm();
      await fetchAll(params);
      expect(tree(params.folder)).toEqual(whole);
    },
  );
});

describe('a symbol that is gone', () => {
  it('has its archive, and a warning', async () => {
    publishAll(server, 'LUNAUSDT');
    const params = asked(server.base, { symbols: ['LUNAUSDT'] });
    const { files, warnings } = await fetchAll(params);
    expect(warnings.map(({ code, facts }) => ({ code, ...facts }))).toEqual([
      { code: 'ingest/unlisted', symbol: 'LUNAUSDT', dataset: 'bars' },
      { code: 'ingest/unlisted', symbol: 'LUNAUSDT', dataset: 'funding' },
    ]);
    expect(files.counts).toMatchObject({ fetched: 11 });
  });
});
