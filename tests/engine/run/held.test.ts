import { readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { compile } from '../../../engine/run/compile.js';
import { planPipeline } from '../../../engine/run/plan.js';
import { defineNode, Frame, port, t } from '../../../engine/sdk/index.js';
import { InlineProject } from '../../kit/run.js';

/*
 * Contracts are not in keys, so an edited one re-runs nothing; but what was recorded before is held to it as it stands today.
 */

const prices = defineNode({
  type: 'toy.prices',
  doc: 'Prices from one on.',
  time: 'row',
  in: {},
  out: {
    prices: port.frame('Prices.', { contract: 'prices' }),
    plain: port.frame('The same.'),
    count: port.scalar('Rows.'),
  },
  params: { rows: t.integer({ default: 3, doc: 'How many.' }) },
  run: (_ins, { rows }) => {
    const frame = Frame.of({ price: Float64Array.from({ length: rows }, (_, i) => i + 1) });
    return { prices: frame, plain: frame, count: rows };
  },
});

/** Takes what no producer has promised. */
const taken = defineNode({
  type: 'toy.taken',
  doc: 'Passes prices on.',
  time: 'row',
  in: { prices: port.frame('Prices.', { contract: 'cheap' }) },
  out: { frame: port.frame('The same.') },
  params: {},
  run: ({ prices: frame }) => ({ frame }),
});

const contract = (id: string, max: number, doc = 'Prices.') =>
  `contract: ${id}
doc: ${doc}
columns:
  price: { type: f64, nullable: false, min: 0, max: ${max} }
available: window
`;
const PIPELINE = `dag: held
doc: Two ports with contracts.
stages:
  prices: { use: toy.prices }
  taken: { use: toy.taken, in: { prices: prices.plain } }
out: { frame: taken.frame }
`;

let project: InlineProject;
beforeEach(() => {
  project = new InlineProject([prices, taken]);
  project.write({
    'dags/held.yaml': PIPELINE,
    'spec/contracts/prices.yaml': contract('prices', 10),
    'spec/contracts/cheap.yaml': contract('cheap', 10),
  });
});
afterEach(() => project.remove());

async function run() {
  const { outcomes, events } = await project.run('dags/held.yaml');
  const problems = events.flatMap((e) => (e.event === 'item-ended' ? (e.problems ?? []) : []));
  return { outcomes, problems: problems.map((p) => p.code) };
}

async function planned() {
  const opened = project.open();
  const compiled = await compile(opened, 'dags/held.yaml');
  return Object.fromEntries(planPipeline(opened, compiled).items.map((i) => [i.item, i.state]));
}

/** Bytes of all indexes: a record more shows. */
const records = () =>
  readdirSync(join(project.root, 'lake/records')).filter((name) => name.endsWith('.idx')).length;

const DONE = { outcomes: { prices: 'done', taken: 'done' }, problems: [] };
const CACHED = { outcomes: { prices: 'cached', taken: 'cached' }, problems: [] };

describe('a contract that was edited', () => {
  it('re-runs nothing while what is known keeps it, and is looked at once', async () => {
    expect(await run()).toEqual(DONE);
    project.write({ 'spec/contracts/prices.yaml': contract('prices', 5) });
    expect(await run()).toEqual(CACHED);
    const before = records();
    expect(await run()).toEqual(CACHED);
    expect(records()).toBe(before);
  });

  it('fails a result that breaks it, as if it had just been made', async () => {
    expect(await run()).toEqual(DONE);
    project.write({ 'spec/contracts/prices.yaml': contract('prices', 2) });
    expect(await planned()).toEqual({ prices: 'stale', taken: 'pending' });
    const fresh = await run();
    expect(fresh.outcomes).toEqual({ prices: 'failed', taken: 'blocked' });
    expect(fresh.problems).toEqual(['contract/bounds']);
    expect(await run()).toEqual(fresh);
    project.write({ 'spec/contracts/prices.yaml': contract('prices', 3) });
    expect(await run()).toEqual(CACHED);
  });

  it('fails a consumer whose input breaks its own', async () => {
    expect(await run()).toEqual(DONE);
    project.write({ 'spec/contracts/cheap.yaml': contract('cheap', 2) });
    expect((await run()).outcomes).toEqual({ prices: 'cached', taken: 'failed' });
  });

  it('is not taken to be kept by a table that cannot be read', async () => {
    const long = PIPELINE.replace('toy.prices }', 'toy.prices, with: { rows: 3000 } }');
    const only = long.replace(/ {2}taken.*\n/, '').replace('taken.frame', 'prices.count');
    project.write({
      'dags/held.yaml': only.replace('{ frame: prices.count }', '{ count: prices.count }'),
      'spec/contracts/prices.yaml': contract('prices', 5000),
    });
    expect((await run()).outcomes).toEqual({ prices: 'done' });
    const objects = join(project.root, 'lake/objects');
    project.write({ 'spec/contracts/prices.yaml': contract('prices', 10) });
    renameSync(objects, `${objects}-away`);
    expect((await run()).outcomes).toEqual({ prices: 'cached' });
    rmSync(objects, { recursive: true });
    renameSync(`${objects}-away`, objects);
    expect((await run()).outcomes).toEqual({ prices: 'failed' });
  });

  it('is the same contract with other words in it', async () => {
    expect(await run()).toEqual(DONE);
    const before = records();
    project.write({ 'spec/contracts/prices.yaml': contract('prices', 10, 'Other words.') });
    expect(await run()).toEqual(CACHED);
    expect(records()).toBe(before);
  });
});
