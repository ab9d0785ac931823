import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { timeColumn } from '../../../engine/frame/build.js';
import { readContract } from '../../../engine/frame/contract.js';
import { Frame } from '../../../engine/frame/frame.js';
import { textColumn } from '../../../engine/frame/text.js';
import { withFuture } from '../../../engine/pit/futures.js';
import { stream } from '../../../engine/sdk/random.js';
import { parseYaml } from '../../../engine/yaml/parse.js';
import { plain } from '../../../engine/yaml/read.js';
import { ROOT } from '../../kit/specs.js';

/* A list of things, each known from its own date: what became of them is not known before it did. */

const { value } = parseYaml(
  readFileSync(`${ROOT}spec/contracts/universe.yaml`, 'utf8'),
  'universe',
);
const { contract, problems } = readContract(value ? plain(value) : {});
const lives = [
  ['A', 10, 50],
  ['B', 20, NaN],
  ['C', 40, 45],
] as const;
const frame = Frame.of({
  symbol: textColumn(lives.map(([symbol]) => symbol)),
  listed: timeColumn(lives.map(([, listed]) => listed)),
  delisted: lives.map(([, , end]) => end),
  until: timeColumn(lives.map(([, , end]) => (Number.isNaN(end) ? 60 : end))),
  status: textColumn(lives.map(([, , end]) => (Number.isNaN(end) ? 'active' : 'inactive'))),
  category: textColumn(lives.map(() => null)),
  evidence: textColumn(lives.map(() => 'declared')),
});

it.each([
  [5, []],
  [30, ['A 10 null 31 null', 'B 20 null 31 null']],
  [47, ['A 10 null 48 null', 'B 20 null 48 null', 'C 40 45 45 inactive']],
  [50, ['A 10 50 50 inactive', 'B 20 null 51 null', 'C 40 45 45 inactive']],
  [99, ['A 10 50 50 inactive', 'B 20 null 60 active', 'C 40 45 45 inactive']],
])('at %i it knows %j', (at, wanted) => {
  expect(problems).toEqual([]);
  if (!contract) throw new Error('no contract');
  const table = { port: 'universe', label: '', frame, contract };
  const seen = withFuture(table, at, 'removed', stream([1, 2]));
  const rows = [...seen.rows()].map((r) =>
    [r.symbol, r.listed, r.delisted, r.until, r.status].map(String).join(' '),
  );
  expect(rows).toEqual(wanted);
});
