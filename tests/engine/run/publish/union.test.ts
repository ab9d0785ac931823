import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LEDGER, publishedText } from '../../../../engine/run/publish/published.js';
import { CONTRACT, HOURS, Months, PIPELINE, problems, TOGETHER, told, warnings } from './kit.js';

let months: Months;
beforeEach(() => {
  months = new Months();
});
afterEach(() => months.remove());

const march = 'AAA/bars/2024-03.parquet';
const FIFTH = Date.UTC(2024, 2, 5);

describe('what a run does not have of published months', () => {
  it.each([
    ['ends earlier', { 'span.to': '2024-03-10' }, ['2024-03']],
    ['begins later', { 'span.from': '2024-01-11' }, ['2024-01']],
    ['lacks a month', { 'span.to': '2024-02-29' }, ['2024-03']],
  ])('stays byte for byte where it %s', async (_what, sets, [month]) => {
    const first = await months.run();
    const [files, contents] = [months.files(), months.contents()];
    const second = await months.run(sets);
    expect(warnings(second)).toEqual([]);
    expect([told(second, 'published'), told(second, 'unpublished')]).toEqual([[], []]);
    expect(months.files()).toEqual(files);
    expect(months.contents()).toEqual(contents);
    expect(months.listed(`AAA/bars/${month}.parquet`)?.runs).toEqual([first.run]);
    expect(months.listed('AAA/bars/2024-02.parquet')?.runs).toBeUndefined();
    expect(months.ledger().ports.bars?.run).toBe(second.run);
  });

  it('stays beside other rows of the same month, which are of both runs', async () => {
    const first = await months.run();
    const second = await months.run({ 'span.to': '2024-03-10', times: '2' });
    expect(warnings(second)).toEqual([]);
    expect(months.listed(march)).toMatchObject({ rows: 60, runs: [first.run, second.run] });
    const rows = await months.rows('AAA');
    expect(rows).toHaveLength((22 + 29 + 15) * 4);
    const from = Date.UTC(2024, 2, 11);
    for (const [at, x] of rows) expect(x).toBe((at < from ? 2 : 1) * (at / HOURS));
    const [files, ledger] = [months.files(), months.ledger()];
    const warm = await months.run({ 'span.to': '2024-03-10', times: '2' });
    expect(told(warm, 'published')).toEqual([]);
    expect(months.files()).toEqual(files);
    expect(months.ledger()).toEqual(ledger);
  });

  it('stays of items that are not asked for, while others go on', async () => {
    const first = await months.run();
    const before = months.contents();
    const second = await months.run({ names: 'BBB', 'span.to': '2024-04-10' });
    expect(warnings(second)).toEqual([]);
    expect(told(second, 'published')).toEqual([
      'BBB/bars/2024-03.parquet',
      'BBB/bars/2024-04.parquet',
    ]);
    for (const [name, bytes] of Object.entries(before))
      if (name.startsWith('AAA')) expect(months.contents()[name]).toBe(bytes);
    expect(months.listed('AAA/bars/2024-01.parquet')?.runs).toEqual([first.run]);
    const ledger = months.ledger();
    await months.run({ names: 'BBB', 'span.to': '2024-04-10' });
    expect(months.ledger()).toEqual(ledger);
  });

  it.each([
    ['lacks rows in its middle', { lacking: '8' }, 7],
    ['holds nothing where it held numbers', { blank: '3' }, 3],
    ['lacks rows and goes on for longer', { lacking: '8', 'span.to': '2024-04-10' }, 7],
  ])('stays where a run %s, and that is told', async (_what, sets, lacking) => {
    await months.run();
    const second = await months.run(sets);
    const [problem] = problems(second);
    expect(problem?.message).toBe(
      `days: between its first and last time this run lacks ${2 * lacking} rows that lake/cleaned/perp holds; they stay, as earlier runs gave them, in AAA/bars/2024-03.parquet, BBB/bars/2024-03.parquet.`,
    );
    expect(problem?.hint).toContain('--prune');
    expect((await months.rows('AAA')).every(([at, x]) => x === at / HOURS)).toBe(true);
    // Who wants less than there is says so.
    const third = await months.run(sets, { prune: true });
    expect(warnings(third)).toEqual([]);
    const there = (await months.rows('AAA')).filter(([, x]) => !Number.isNaN(x));
    const days = 'span.to' in sets ? 22 + 29 + 31 + 10 : 22 + 29 + 15;
    expect(there).toHaveLength(days * 4 - lacking);
  });

  it('goes with --prune: items, months and rows; and once somebody removes it', async () => {
    await months.run();
    const less = { names: 'BBB', 'span.to': '2024-02-10' };
    await months.run(less);
    const pruned = await months.run(less, { prune: true });
    expect(told(pruned, 'unpublished')).toHaveLength(4);
    expect(Object.keys(months.files())).toHaveLength(2);
    expect(months.listed('BBB/bars/2024-02.parquet')?.rows).toBe(40);
    const ledger = months.ledger();
    await months.run(less, { prune: true });
    await months.run(less);
    expect(months.ledger()).toEqual(ledger);
    await months.run();
    rmSync(join(months.folder, 'AAA'), { recursive: true });
    rmSync(join(months.folder, 'BBB/bars/2024-03.parquet'));
    expect(warnings(await months.run(less))).toEqual([]);
    expect(Object.keys(months.files())).toHaveLength(2);
    expect(Object.keys(months.ledger().ports.bars?.items ?? {})).toEqual(['BBB/bars']);
  });

  it('does not swing when two runs take turns', async () => {
    const [one, two] = [{ 'span.to': '2024-03-10' }, { 'span.from': '2024-02-20' }];
    await months.run(one);
    await months.run(two);
    const files = months.files();
    for (const sets of [one, two, one, two]) {
      const again = await months.run(sets);
      expect([warnings(again), told(again, 'published')]).toEqual([[], []]);
    }
    expect(months.files()).toEqual(files);
  });

  it('stays and is told where its columns or rules are others, with the command that makes it anew', async () => {
    const first = await months.run({ names: 'AAA' });
    const before = months.contents();
    const other = CONTRACT.replace('nullable: true', 'nullable: true, unit: hours');
    months.project.write({ 'spec/contracts/rows.yaml': other });
    const second = await months.run({ 'span.to': '2024-03-10', times: '2' });
    const [problem] = problems(second);
    expect(problem?.message).toContain(
      `days: ${march} in lake/cleaned/perp are of run ${first.run}`,
    );
    expect(problem?.hint).toContain('`dag run dags/growing.yaml --set names=AAA` makes them anew');
    expect(months.contents()[march]).toBe(before[march]);
    expect(months.listed(march)?.runs).toEqual([first.run]);
    expect(warnings(await months.run({ 'span.to': '2024-03-10', times: '2' }))).toHaveLength(1);
    expect(warnings(await months.run({ names: 'AAA' }))).toEqual([]);
  });
});

describe('files of published months that somebody changed', () => {
  it('are made again where the run has all of it', async () => {
    await months.run();
    const before = months.contents();
    writeFileSync(join(months.folder, march), 'garbage');
    expect(warnings(await months.run())).toEqual([]);
    expect(months.contents()).toEqual(before);
  });

  it('are kept aside where not, and left where the run has nothing of it', async () => {
    await months.run();
    writeFileSync(join(months.folder, march), 'edited');
    writeFileSync(join(months.folder, 'BBB/bars/2024-01.parquet'), 'edited');
    const second = await months.run({ names: 'AAA', 'span.to': '2024-03-10' });
    expect(warnings(second).sort()).toEqual(['publish/changed', 'publish/left']);
    const edited = Buffer.from('edited').toString('base64');
    expect(months.contents()[`${march}.aside`]).toBe(edited);
    expect(months.contents()['BBB/bars/2024-01.parquet']).toBe(edited);
    expect(months.listed(march)?.rows).toBe(40);
    expect(months.listed('BBB/bars/2024-01.parquet')).toBeUndefined();
  });
});

describe('a folder of months and other files', () => {
  beforeEach(() => months.project.write({ 'dags/growing.yaml': TOGETHER }));
  const names = () => Object.keys(months.contents());

  it('keeps tables and values of items that are not asked for, and tables that nobody gives', async () => {
    await months.run();
    const before = months.contents();
    expect(warnings(await months.run({ names: 'BBB', pays: 'false' }))).toEqual([]);
    expect(months.contents()).toEqual(before);
  });

  it('loses a table that the pipeline no longer publishes', async () => {
    await months.run();
    months.project.write({ 'dags/growing.yaml': PIPELINE });
    expect(warnings(await months.run())).toEqual([]);
    expect(names().filter((name) => !name.includes('/bars/'))).toEqual([]);
  });

  it('stays as it was where tables have another dimension', async () => {
    await months.run();
    const before = months.contents();
    const more = TOGETHER.replace('  symbol: $names', '  symbol: $names\n  side: [bid, ask]');
    months.project.write({
      'dags/growing.yaml': more.replace('foreach: symbol', 'foreach: [symbol, side]'),
    });
    const [problem] = problems(await months.run());
    expect(problem?.message).toContain('"bars" is split by symbol and side and month');
    expect(months.contents()).toEqual(before);
  });

  it('stays as it was where tables are split by other periods, but for --prune', async () => {
    await months.run();
    const before = months.contents();
    months.project.write({ 'dags/growing.yaml': TOGETHER.replaceAll('month', 'year') });
    const second = await months.run();
    expect(warnings(second)).toEqual(['publish/split-otherwise', 'publish/split-otherwise']);
    expect(months.contents()).toEqual(before);
    await months.run({}, { prune: true });
    expect(names().filter((name) => name.startsWith('AAA/bars'))).toEqual([
      'AAA/bars/2024.parquet',
    ]);
  });
});

describe('any runs one after the other', () => {
  const day = (n: number) => new Date(Date.UTC(2024, 0, 10 + n)).toISOString().slice(0, 10);
  const runs = fc.array(
    fc.record({
      names: fc.constantFrom(['AAA'], ['BBB'], ['AAA', 'BBB']),
      from: fc.nat({ max: 70 }),
      days: fc.nat({ max: 40 }),
      times: fc.integer({ min: 1, max: 3 }),
      lacking: fc.constantFrom(0, 8),
      blank: fc.constantFrom(0, 10),
    }),
    { minLength: 2, maxLength: 4 },
  );

  it('leave what a list of rows says', async () => {
    await fc.assert(
      fc.asyncProperty(runs, async (list) => {
        const own = new Months();
        const model: Record<string, Map<number, number>> = {};
        for (const { names, from, days, times, lacking, blank } of list) {
          await own.run({
            names: names.join(','),
            'span.from': day(from),
            'span.to': day(from + days),
            times: `${times}`,
            lacking: `${lacking}`,
            blank: `${blank}`,
          });
          for (const name of names) {
            model[name] ??= new Map();
            const start = Date.UTC(2024, 0, 10 + from);
            for (let i = 0; i < (days + 1) * 4; i++) {
              const at = start + i * HOURS;
              const within = (rows: number) => at >= FIFTH && at < FIFTH + rows * HOURS;
              if (at !== FIFTH && within(lacking)) continue;
              const old = model[name].get(at);
              const isKept = within(blank) && old !== undefined;
              model[name].set(at, isKept ? old : within(blank) ? Number.NaN : times * (at / HOURS));
            }
          }
        }
        for (const [name, rows] of Object.entries(model))
          expect(await own.rows(name)).toEqual([...rows].sort(([a], [b]) => a - b));
        own.remove();
      }),
      { numRuns: 15 },
    );
  });
});

describe('tables of another market', () => {
  /** As if an earlier run had been told a market. */
  const ofDemo = () => {
    const { ports, ...ledger } = months.ledger();
    const demo = Object.entries(ports).map(([name, port]) => [
      name,
      { ...port, specs: { market: 'demo' } },
    ]);
    const text = publishedText({ ...ledger, ports: Object.fromEntries(demo) });
    writeFileSync(join(months.folder, LEDGER), text);
  };

  it('are never mixed with those of this one: nothing is published, and that is told', async () => {
    await months.run();
    ofDemo();
    const [files, ledger] = [months.files(), months.ledger()];
    const second = await months.run({ 'span.to': '2024-04-10' });
    expect(warnings(second)).toEqual(['publish/of-others']);
    expect(problems(second)[0]?.message).toBe(
      'days: lake/cleaned/perp holds tables of market demo, and this run is of no spec: they are never mixed, and nothing of it is published.',
    );
    expect([months.files(), months.ledger()]).toEqual([files, ledger]);
  });

  it('give way to those of this one where that is asked for', async () => {
    await months.run();
    ofDemo();
    const second = await months.run({ names: 'BBB', 'span.to': '2024-02-10' }, { prune: true });
    expect(warnings(second)).toEqual([]);
    expect(Object.keys(months.files())).toEqual([
      'BBB/bars/2024-01.parquet',
      'BBB/bars/2024-02.parquet',
    ]);
  });
});
