import { afterEach, describe, expect, it } from '@jest/globals';
import type { Certificate } from '../../../engine/pit/certificate.js';
import { pitPipeline } from '../../../engine/pit/pipeline.js';
import { examineWhole } from '../../../engine/pit/whole.js';
import { compile } from '../../../engine/run/compile.js';
import { InlineProject } from '../../kit/run.js';
import { files, NODES } from './nodes.js';

const EFFORT = { cuts: 8, seed: 1 };
let project: InlineProject | undefined;
afterEach(() => project?.remove());

/** The chain with some of its nodes exchanged, run, and then tested. */
async function tested(nodes: Parameters<typeof files>[0]) {
  project = new InlineProject(NODES);
  project.write(files(nodes));
  await project.run('dags/chain.yaml');
  const open = project.open();
  const compiled = await compile(open, 'dags/chain.yaml');
  const known: string[] = [];
  const told = ({ item }: Certificate, was: boolean) => {
    if (was) known.push(item);
  };
  const report = await pitPipeline(open, compiled, { effort: EFFORT, most: 2, told });
  const whole = await examineWhole(open, compiled, 1);
  return { open, compiled, report, whole, known };
}

function leaksIn(
  certificates: readonly Certificate[],
): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    certificates.map(({ item, findings }) => [item, [...new Set(findings.map((f) => f.test))]]),
  );
}

describe('the two-run test of a pipeline', () => {
  it('finds nothing in a fair one, and says what it did not test', async () => {
    const { report, whole } = await tested({});
    expect(leaksIn(report.certificates)).toEqual({ ticks: [], smooth: [], split: [] });
    expect(report.certificates.map((c) => c.verdict)).toEqual(['blind', 'blind', 'blind']);
    expect(report.estimates).toEqual(['level']);
    expect(whole).toMatchObject({ runs: 2, findings: [], unjudged: 0 });
    expect(whole.rowwise).toBeGreaterThan(0);
    expect(whole.estimates).toBeGreaterThan(0);
  });

  it('finds a node that looks at the next row', async () => {
    const { report, whole } = await tested({ smooth: 'toy.centred' });
    const { smooth, ...others } = leaksIn(report.certificates);
    expect(smooth).toEqual(expect.arrayContaining(['removed', 'scrambled']));
    expect(others).toEqual({ ticks: [], split: [] });
    expect(whole.findings.map((f) => f.item)).toContain('smooth');
  });

  it('finds a source that scales by its whole sample', async () => {
    const { report } = await tested({ source: 'toy.scaled' });
    expect(leaksIn(report.certificates).ticks).toEqual(['shorter span']);
  });

  it('finds a node that remembers earlier runs', async () => {
    const { report } = await tested({ smooth: 'toy.drifting' });
    expect(leaksIn(report.certificates).smooth).toContain('again');
  });

  it('finds a node that gives fewer rows, or nothing, the next time', async () => {
    const { report } = await tested({ smooth: 'toy.dwindling' });
    expect(leaksIn(report.certificates).smooth).toEqual(
      expect.arrayContaining(['again', 'reversed']),
    );
    const again = report.certificates
      .find((c) => c.item === 'smooth')
      ?.findings.find((f) => f.test === 'again');
    expect(again).toMatchObject({ column: '(rows)' });
  });

  it('finds, from end to end, an estimate that knows more than its window', async () => {
    const { report, whole } = await tested({ level: 'toy.gossip' });
    expect(leaksIn(report.certificates)).toEqual({ ticks: [], smooth: [], split: [] });
    expect(whole.findings).toMatchObject([{ item: 'level', port: 'level', column: '(value)' }]);
  });

  it('takes what has not changed from the lake', async () => {
    const { open, compiled, report } = await tested({});
    const known: string[] = [];
    const again = await pitPipeline(open, compiled, {
      effort: EFFORT,
      most: 2,
      told: ({ item }, was) => known.push(`${item} ${was}`),
    });
    expect(known).toEqual(['ticks true', 'smooth true', 'split true']);
    expect(again.certificates).toEqual(report.certificates);
    const harder = await pitPipeline(open, compiled, {
      effort: { ...EFFORT, cuts: 9 },
      most: 2,
      told: ({ item }, was) => known.push(`${item} ${was}`),
    });
    expect(known.slice(3)).toEqual(['ticks false', 'smooth false', 'split false']);
    expect(harder.certificates).toHaveLength(3);
  });
});
