import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CHECKOUT, type Ended, TestProject } from '../kit/project.js';

/*
 * The nodes of the leak corpus as plugins of a project, on the built-in market: `dag pit` of the pipeline that uses them finds the
 * lies, leaves the fair ones alone, and ends with exit code 1.
 */

const HERE = 'tests/pit/leaks';
const SPAN = '{ from: 2024-01-01, to: 2024-01-06 }';
const NODES: Readonly<Record<string, readonly string[]>> = {
  lies: ['swing_points', 'zscore_of_all', 'hourly_on_open', 'survivors', 'coming_settlement'],
  fair: [
    'swing_points_told_late',
    'zscore_trailing',
    'hourly_when_over',
    'listed_at_the_time',
    'last_print',
  ],
};
const INS: Readonly<Record<string, string>> = {
  survivors: 'market: clean.bars',
  listed_at_the_time: 'market: clean.bars',
  coming_settlement: 'bars: clean.bars, prints: clean.funding',
  last_print: 'bars: clean.bars, prints: clean.funding',
};

const stages = Object.entries(NODES).flatMap(([folder, names]) =>
  names.map((name) => {
    const ins = INS[name] ?? 'bars: clean.bars';
    const each = ins.startsWith('market') ? '' : 'foreach: symbol, ';
    return `  ${name}: { ${each}use: ${folder}.${name}, in: { ${ins} } }`;
  }),
);
const PIPELINE = `dag: lies
dimensions: { symbol: [BTCUSDT, ETHUSDT] }
stages:
  raw: { foreach: symbol, use: ingest.market, with: { market: demo, symbol: $symbol, span: ${SPAN}, seed: 1 } }
  clean: { foreach: symbol, use: clean.market, in: { raw: raw.raw, funding: raw.funding }, with: { span: ${SPAN} } }
${stages.join('\n')}
`;

let project: TestProject;
let ended: Ended;

beforeAll(async () => {
  project = new TestProject(['nodes', 'spec']);
  const read = (file: string) => readFileSync(`${CHECKOUT}/${HERE}/${file}`, 'utf8');
  const files: Record<string, string> = { 'dags/lies.yaml': PIPELINE };
  for (const [folder, names] of Object.entries(NODES))
    for (const name of names)
      files[`nodes/${folder}/${name}.ts`] = read(`nodes/${folder}/${name}.ts`).replaceAll(
        '../../../../../engine/',
        '../../engine/',
      );
  files['nodes/kit.ts'] = read('nodes/kit.ts').replaceAll('../../../../engine/', '../engine/');
  for (const file of readdirSync(`${CHECKOUT}/${HERE}/contracts`))
    files[`spec/contracts/${file}`] = read(`contracts/${file}`);
  project.write(files);
  project.build();
  ended = await project.dag('pit', 'dags/lies.yaml', '--json');
}, 300_000);
afterAll(() => project.remove());

interface Certificates {
  readonly certificates: readonly { readonly stage: string; readonly verdict: string }[];
}

describe('dag pit on a pipeline of nodes that lie and nodes that do not', () => {
  const verdictsOf = (stage: string): readonly string[] => {
    const { certificates }: Certificates = JSON.parse(ended.out);
    return [...new Set(certificates.filter((c) => c.stage === stage).map((c) => c.verdict))];
  };
  it('ends with 1', () => expect({ code: ended.code, err: ended.err }).toMatchObject({ code: 1 }));
  for (const name of NODES.lies ?? [])
    it(`finds ${name} out`, () => expect(verdictsOf(name)).toEqual(['leaks']));
  for (const name of ['raw', 'clean', ...(NODES.fair ?? [])])
    it(`leaves ${name} alone`, () => expect(verdictsOf(name)).toEqual(['blind']));
});
