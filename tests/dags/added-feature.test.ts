import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { TestProject } from '../kit/project.js';

// A machine that builds and tests at once is slow.
jest.setTimeout(120_000);

const FILE = 'spec/features/volatility/rv_ratio.yaml';
const FEATURE = `feature: rv_ratio
title: Short against long volatility
doc: Volatility of $window bars over that of the last day; above 1 the market has woken up.
source: An idea of this test
foreach: { window: [24, 48] }
expr: std(logret_1, $window) / rv_288
unit: ratio
cases:
  - doc: as it always was
    with: { window: 24 }
    rows: { logret_1: [{ fill: [0.01, -0.01], rows: 24 }], rv_288: [{ fill: [0.010215078369104984], rows: 24 }] }
    gives: [{ fill: [.nan], rows: 23 }, 1]
`;
const SPAN = '{ from: 2024-01-01, to: 2024-01-10 }';
const PIPELINE = `dag: small
params: { market: { type: spec market, default: demo } }
stages:
  raw: { use: ingest.market, with: { market: $market, symbol: BTCUSDT, span: ${SPAN} } }
  clean: { use: clean.market, in: { raw: raw.raw, funding: raw.funding }, with: { span: ${SPAN} } }
  features:
    use: features.table
    in: { bars: clean.bars, funding: clean.funding }
    with: { specs: spec/features/**/*.yaml }
`;

let project: TestProject;
beforeAll(() => {
  project = new TestProject(['nodes', 'spec', 'dags', 'docs']);
  project.write({ 'dags/small.yaml': PIPELINE });
  project.build();
  // Nothing is built after this line: no code is touched.
  project.write({ [FILE]: FEATURE });
});
afterAll(() => project.remove());

/** What a command printed; it must succeed. */
async function dag(...args: readonly string[]): Promise<string> {
  const { code, out, err } = await project.dag(...args);
  if (code !== 0) throw new Error(`dag ${args.join(' ')} ended with ${code}\n${out}${err}`);
  return out;
}

describe('a feature that is added as a YAML file alone', () => {
  it('holds its cases', async () =>
    expect(await dag('test', FILE)).toBe('1 case in 1 spec: all hold\n'));

  it('is a column of the feature table, one for each instance', async () => {
    await dag('run', 'dags/small.yaml');
    const sql = `select count(*) as rows, count(rv_ratio_24) as short, count(rv_ratio_48) as long from features`;
    const [row] = JSON.parse(await dag('query', sql, '--json'));
    expect(row.short).toBeGreaterThan(1000);
    expect(row.long).toBeGreaterThan(1000);
    expect(await dag('show', 'features', '--columns', 'ts,rv_ratio_24', '--rows', '2')).toContain(
      'rv_ratio_24',
    );
  });

  it('is in the reference, with its formula, source and lookback', async () => {
    await dag('docs');
    const page = project.read('docs/reference/features.md');
    const [, entry = ''] = /### rv_ratio\n(.*?)\n### /s.exec(page) ?? [];
    expect(entry).toContain('Short against long volatility.');
    expect(entry).toContain('expr: std(logret_1, $window) / rv_288');
    expect(entry).toContain('unit ratio');
    expect(entry).toContain('`rv_ratio_24` looks back 288 bars');
    expect(entry).toContain('*An idea of this test*');
  });

  it('is offered by editors wherever a feature is named', async () => {
    await dag('schema');
    const { definitions } = JSON.parse(project.read('spec/schema/dag.json'));
    expect(definitions.feature.anyOf).toContainEqual({
      const: 'rv_ratio',
      description: 'Short against long volatility',
    });
  });

  it('has a certificate that it is blind to what comes later', async () => {
    const told = await dag('pit', FILE, '--pipeline', 'dags/small.yaml', '--cuts', '4', '--json');
    const { certificates } = JSON.parse(told);
    expect(certificates).toContainEqual(
      expect.objectContaining({
        node: 'features.table',
        verdict: 'blind',
        columns: expect.arrayContaining([
          expect.objectContaining({ name: 'rv_ratio_24', kind: 'finite', reach: 288 }),
          expect.objectContaining({ name: 'rv_ratio_48', kind: 'finite', reach: 288 }),
        ]),
      }),
    );
  });

  it('can be named alone', async () => {
    project.edit('dags/small.yaml', 'spec/features/**/*.yaml', '[logret_1, rv, rv_ratio]');
    expect(await dag('check', 'dags/small.yaml')).toContain('1 pipeline');
  });
});
