import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Fault, type Faults, sha256 } from '../../../kit/archive-server.js';
import { asked, day, fetchAll, rest, standing, tree, undisturbed, zips } from './venue.js';

const server = standing();
let whole: Readonly<Record<string, string>>;
beforeAll(async () => {
  whole = await undisturbed(server);
});

const html = '<html><body><h1>Service Unavailable</h1></body></html>';
const storm = { status: 429, headers: { 'retry-after': '0' }, body: '{"code":-1003}' };

/** A page of bars of some length, late by some milliseconds. */
const bars = (spacing: number, late = 0) => {
  const opens = [0, 1, 2].map((i) => day('2025-02-08') + late + i * spacing);
  return JSON.stringify(opens.map((t) => [t, 1, 1, 1, 1, 1, t + spacing - 1, 1, 1, 1, 1, 0]));
};

/** What goes wrong for a while; the run ends as if nothing had happened. */
const PASSING: readonly (readonly [string, Faults])[] = [
  [
    'every third response is dropped',
    (_path, _count, total) => (total % 3 === 0 ? 'drop' : undefined),
  ],
  [
    'every third response breaks off',
    (_p, _c, total) => (total % 3 === 0 ? 'truncate' : undefined),
  ],
  ['the first of each is dropped', (_path, count) => (count === 1 ? 'drop' : undefined)],
  [
    'a connection falls silent',
    (path, count) => (zips.test(path) && count === 1 ? 'stall' : undefined),
  ],
  ['every second answer is slow', (_p, _c, total) => (total % 2 === 0 ? { late: 30 } : undefined)],
  ['a storm of 429', (_path, count) => (count <= 6 ? storm : undefined)],
  ['429 without a word on how long', (_p, count) => (count <= 3 ? { status: 429 } : undefined)],
  [
    '418 for a moment',
    (path, count) =>
      rest.test(path) && count === 1 ? { status: 418, headers: { 'retry-after': '0' } } : undefined,
  ],
  [
    '503 with an error page',
    (_path, count) => (count <= 2 ? { status: 503, body: html } : undefined),
  ],
  [
    'an error page that says 200',
    (_p, count) => (count <= 2 ? { status: 200, body: html } : undefined),
  ],
  [
    'a gzipped error page',
    (_path, count) =>
      count === 1
        ? { status: 502, headers: { 'content-encoding': 'gzip' }, body: gzipSync(html) }
        : undefined,
  ],
  [
    'gzip that does not say so',
    (_path, count) => (count === 1 ? { status: 200, body: gzipSync(html) } : undefined),
  ],
  ['an empty body', (_path, count) => (count === 1 ? { status: 200, body: '' } : undefined)],
  [
    'half a zip that says it is whole',
    (path, count) => {
      const bytes = server.files.get(path.slice(1));
      return zips.test(path) && count === 1 && bytes
        ? { body: bytes.subarray(0, bytes.length / 2) }
        : undefined;
    },
  ],
  [
    'a checksum that is wrong at first',
    (path, count) =>
      path.endsWith('.CHECKSUM') && count === 1
        ? { body: `${'0'.repeat(64)}  ${path.slice(path.lastIndexOf('/') + 1, -9)}\n` }
        : undefined,
  ],
  [
    'rows that do not ascend',
    (path, count) => (rest.test(path) && count === 1 ? { body: '[[3],[2]]' } : undefined),
  ],
  [
    'bars of an hour where five minutes are due',
    (path, count) =>
      path.endsWith('/klines') && count === 1 ? { body: bars(3_600_000) } : undefined,
  ],
  [
    'bars that do not begin where they should',
    (path, count) =>
      path.endsWith('/klines') && count === 1 ? { body: bars(300_000, 60_000) } : undefined,
  ],
  [
    'an object where an array is due',
    (path, count) => (rest.test(path) && count === 1 ? { body: '{"code":-1000}' } : undefined),
  ],
  [
    'redirects within the host',
    (path, count) =>
      zips.test(path) && count === 1
        ? { status: 302, headers: { location: `${path}?again` } }
        : undefined,
  ],
];

/** Any fault at any request, a third of all: told by a seed, so that it can be told again. */
function chance(seed: number): Faults {
  const name = (path: string) => path.slice(path.lastIndexOf('/') + 1);
  const kinds = (path: string): readonly Fault[] => [
    'drop',
    'truncate',
    'stall',
    'unsized',
    storm,
    { status: 500 },
    { status: 200, body: html },
    { body: `${'f'.repeat(64)}  ${name(path).replace(/\.CHECKSUM$/, '')}\n` },
    { late: 20 },
  ];
  return (path, count) => {
    const drawn = Number.parseInt(sha256(`${seed} ${path} ${count}`).slice(0, 8), 16);
    if (drawn % 3 > 0 || count > 8) return undefined;
    const some = kinds(path);
    return some[Math.floor(drawn / 3) % some.length];
  };
}

describe('what passes', () => {
  it.each([1, 2, 3, 4, 5, 6])(
    'a third of all answers spoilt in some way (seed %d)',
    async (seed) => {
      server.faults = chance(seed);
      const params = asked(server.base, { attempts: 20 });
      await fetchAll(params);
      expect(tree(params.folder)).toEqual(whole);
    },
  );

  it.each(PASSING)('%s: the bytes are those of an undisturbed run', async (_name, faults) => {
    server.faults = faults;
    const params = asked(server.base);
    const { files, warnings } = await fetchAll(params);
    expect(warnings).toEqual([]);
    expect(tree(params.folder)).toEqual(whole);
    expect(files.counts.fetched).toBe(24);
  });
});
