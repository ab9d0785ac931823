import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestProject } from '../kit/project.js';
import { refusals } from './refusing.js';

/*
 * What research publishes of occurrences: the stages of dags/research.yaml that lead there, on a short span with the events of one
 * family. It is to be read: nothing that decides row by row may have it.
 */

const STAGES = 'raw clean schedule features context registry events splits annotated'.split(' ');

/** The pipeline without its other stages. */
function only(text: string): string {
  const [head = '', rest = ''] = text.split(/^stages:\n/m);
  const [body = ''] = rest.split(/^out:/m);
  const kept = body
    .split(/^(?= {2}\w+:)/m)
    .filter((s) => STAGES.includes(/\w+/.exec(s)?.[0] ?? ''));
  expect(kept).toHaveLength(STAGES.length);
  return `${head.replace(/^ {2}fold:.*\n/m, '')}stages:\n${kept.join('')}`;
}

const FAMILY = 'spec/events/VOLATILITY_TRANSITION/*.yaml';
const SETTINGS = ['symbols=BTCUSDT,ETHUSDT', 'span.to=2024-03-10', 'warmup=20d'];

/** 70 days: 42 to train, 2 of embargo, 14 to validate, 2 of embargo, the test; a day and a bar before each embargo is purged. */
const PARTS = [
  ['2024-01-01T00:00Z', 'train'],
  ['2024-02-10T23:55Z', 'purged'],
  ['2024-02-12T00:00Z', 'embargo'],
  ['2024-02-14T00:00Z', 'validation'],
  ['2024-02-26T23:55Z', 'purged'],
  ['2024-02-28T00:00Z', 'embargo'],
  ['2024-03-01T00:00Z', 'test'],
] as const;
const partOf = (ms: number) => PARTS.findLast(([from]) => Date.parse(from) <= ms)?.[1] ?? null;
const NAMES = ['base', 'top_20pct', 'top_10pct', 'extreme_5pct'] as const;

interface Row {
  readonly id: string;
  readonly event: string;
  readonly symbol: string;
  readonly ms: number;
  readonly severity: number;
  readonly signal_column: string;
  readonly split: string | null;
  readonly severity_bucket: string | null;
  readonly features_at_event: string;
}

describe('occurrences that research publishes', () => {
  let project: TestProject;
  let rows: readonly Row[];

  const dag = async (...args: readonly string[]): Promise<string> => {
    const { code, out, err } = await project.dag(...args);
    if (code !== 0) throw new Error(`dag ${args.join(' ')} ended with ${code}\n${out}${err}`);
    return out;
  };
  const run = () => dag('run', 'research', ...SETTINGS.flatMap((set) => ['--set', set]));
  const query = async (sql: string) => JSON.parse(await dag('query', sql, '--json'));

  beforeAll(async () => {
    project = new TestProject(['nodes', 'spec', 'dags']);
    const text = only(project.read('dags/research.yaml'));
    project.write({ 'dags/research.yaml': text.replaceAll('spec/events/**/*.yaml', FAMILY) });
    project.build();
    await run();
    rows = await query(
      'select * exclude ts, epoch_ms(ts) as ms from published.research_annotated order by ts, symbol, event',
    );
  }, 300_000);
  afterAll(() => project.remove());

  it('are those of the plain table, in a folder that names the run', async () => {
    const plain = await query('select id from events order by ts, symbol, event');
    expect(rows.map(({ id }) => id)).toEqual(plain.map(({ id }: Row) => id));
    expect(rows.length).toBeGreaterThan(500);
    const { ports } = JSON.parse(project.read('lake/research/annotated/.published.json'));
    const manifest = JSON.parse(project.read(`lake/runs/${ports.events.run}/manifest.json`));
    expect(manifest.params.span).toEqual(ports.events.params.span);
  });

  it('name the column of flags that marks them', () => {
    const names = new Set(rows.map((row) => `${row.event} ${row.signal_column}`));
    expect(names).toContain('VOL_SPIKE vol_spike_event');
    expect(names.size).toBe(new Set(rows.map(({ event }) => event)).size);
  });

  it('say which part of the span they lie in', () => {
    expect(rows.map(({ split }) => split)).toEqual(rows.map(({ ms }) => partOf(ms)));
    const found = new Set(rows.map(({ split }) => split));
    expect([...found].sort()).toEqual([null, ...new Set(PARTS.map(([, name]) => name))].sort());
  });

  it('are in the bucket that quantiles of the training window put them in', async () => {
    const told = await query('select * from published.research_severity_cuts order by event');
    const own = await query(
      `select event, count(severity) as count, to_json(quantile_cont(severity, [0.8, 0.9, 0.95])) as at
       from published.research_annotated where split = 'train' group by event order by event`,
    );
    expect(told).toHaveLength(6);
    for (const { event, count, at } of own) {
      const cuts = told.find((one: Row) => one.event === event);
      expect([event, cuts.count, count >= 20]).toEqual([event, count, true]);
      [cuts.top_20pct, cuts.top_10pct, cuts.extreme_5pct].forEach((cut, k) => {
        expect(cut).toBeCloseTo(JSON.parse(at)[k], 12);
      });
      for (const row of rows.filter((one) => one.event === event)) {
        const beyond = [cuts.top_20pct, cuts.top_10pct, cuts.extreme_5pct];
        const bucket = NAMES[beyond.filter((cut) => row.severity > cut).length];
        expect(row.severity_bucket).toBe(bucket);
      }
    }
  });

  it('say what their rules looked at', async () => {
    const spikes = rows.filter(({ event }) => event === 'VOL_SPIKE');
    const bars = await query(
      'select symbol, epoch_ms(ts) as ms, ret_12, rv_z from features where symbol || ts in ' +
        "(select symbol || ts from events where event = 'VOL_SPIKE')",
    );
    expect(spikes.length).toBeGreaterThan(20);
    for (const { symbol, ms, features_at_event: text } of spikes) {
      const bar = bars.find((one: Row) => one.symbol === symbol && one.ms === ms);
      expect(text).toBe(JSON.stringify({ ret_12: bar.ret_12, rv_z: bar.rv_z }));
    }
  });

  it('are not made anew for a feature that no event names', async () => {
    const feature = project.read('spec/features/volatility/rv.yaml');
    project.write({ 'spec/features/volatility/rw.yaml': feature.replace('rv', 'rw') });
    await run();
    const told = await dag('why', 'annotated');
    expect(told).toContain('cached');
    expect(await dag('why', 'features@BTCUSDT')).not.toContain('cached');
  });
});

const ANNOTATED = `
parts: { use: walkforward.splits, with: { span: $span } }
annotated: { use: events.annotated, in: { events: events.events, splits: parts.splits, features: features.features }, with: { specs: [VOL_SPIKE] } }
`;
const decided = (events: string, dims = '') =>
  `again: { ${dims}use: discovery.decide, in: { events: ${events}, features: features.features }, with: { templates: [continuation], specs: [VOL_SPIKE] } }\n`;
const SEEN =
  'raw.raw → clean.bars → features.features → registry.events → events.events → annotated.events';

describe('decisions on them', () => {
  refusals([
    {
      name: 'as events',
      stages: ANNOTATED + decided('annotated.events'),
      refuses: [
        'graph/port-contract: Input "events" takes "events", and "annotated.events" is "annotated_events".',
      ],
    },
    {
      name: 'as rows of a test window, which bear no contract',
      stages: `${ANNOTATED}rows: { foreach: fold, use: walkforward.window, in: { frame: annotated.events }, with: { fold: $fold } }
${decided('rows.test', 'foreach: fold, ')}`,
      refuses: [`known/not-rowwise: ${SEEN} → rows.test → again`],
    },
    { name: 'to be read (right)', stages: ANNOTATED },
  ]);
});
