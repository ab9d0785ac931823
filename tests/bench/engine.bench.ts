import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestProject } from '../kit/project.js';
import { TOYS } from '../kit/toys.js';
import { median, peakOf, type Row, seconds, times } from './measure.js';

/** The engine against GNU make on an equal graph: N independent items and one that gathers them. */
export default async function bench(): Promise<readonly Row[]> {
  const project = new TestProject();
  project.write({
    ...TOYS,
    ...NOOP,
    'dags/thousand.yaml': wide(40, 25),
    'dags/myriad.yaml': wide(100, 100),
  });
  project.build();
  try {
    return [
      ...(await engine(project, 'thousand', 1000, '0.2 s', 0.2)),
      ...(await engine(project, 'myriad', 10000, '0.5 s', 0.5)),
    ];
  } finally {
    project.remove();
  }
}

async function engine(
  project: TestProject,
  name: string,
  items: number,
  budget: string,
  limit: number,
): Promise<readonly Row[]> {
  const make = await makeTimes(items);
  const run = async (...more: readonly string[]) => {
    const { code, err } = await project.dag('run', `dags/${name}.yaml`, ...more);
    if (code !== 0) throw new Error(`dag run ended with ${code}: ${err}`);
  };
  const start = await seconds(5, () => project.dag('--version'));
  const bare = await peakOf(project);
  let peak = 0;
  const cold = await seconds(1, async () => {
    peak = await peakOf(project, 'run', `dags/${name}.yaml`);
  });
  const warm = await seconds(5, () => run());
  const recheck = await seconds(5, () => run('--recheck'));
  const touched = await seconds(3, () => {
    appendFileSync(project.path(`dags/${name}.yaml`), '# another comment\n');
    return run();
  });
  // In pairs, so that a machine that slows down does not count as the compiler.
  const compile = median(
    await times(9, async () => {
      const bare = await seconds(1, () => project.dag('--version'));
      return (await seconds(1, () => project.dag('check', `dags/${name}.yaml`))) - bare;
    }),
  );
  const each = (cold / items) * 1000;
  return [
    { what: `${items} items: start of the process`, value: start, unit: 's' },
    {
      what: `${items} items: compile and type-check`,
      value: compile,
      unit: 's',
      ...(items === 10000 ? { budget: '0.15 s', met: compile <= 0.15 } : {}),
    },
    {
      what: `${items} items: warm run`,
      value: warm,
      unit: 's',
      baseline: 'make, nothing to do',
      ratio: warm / make.warm,
      budget,
      met: warm <= limit,
    },
    {
      what: `${items} items: warm run after an edit that changes nothing`,
      value: touched,
      unit: 's',
      baseline: 'make, nothing to do',
      ratio: touched / make.warm,
    },
    {
      what: `${items} items: warm run that looks everything up`,
      value: recheck,
      unit: 's',
      baseline: 'make, nothing to do',
      ratio: recheck / make.warm,
    },
    {
      what: `${items} items: cold run`,
      value: each,
      unit: 'ms an item',
      baseline: 'make, touch',
      ratio: cold / make.cold,
      ...(items === 10000 ? { budget: '0.15 ms', met: each <= 0.15 } : {}),
    },
    {
      what: `${items} items: peak memory of the cold run`,
      value: peak / 1024 ** 2,
      unit: 'MiB',
      baseline: 'bare Node',
      ratio: peak / bare,
    },
  ];
}

/** GNU make on a graph of the same size, each recipe writing one file. */
async function makeTimes(items: number): Promise<{ readonly cold: number; readonly warm: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'dag-make-'));
  const names = Array.from({ length: items }, (_, i) => `out/${i}`);
  mkdirSync(join(folder, 'out'));
  const text = `all: ${names.join(' ')}\n\tcat $^ > all\n\nout/%:\n\techo $* > $@\n`;
  writeFileSync(join(folder, 'Makefile'), text);
  try {
    const make = () => execFileSync('make', ['-s', '-j2'], { cwd: folder, stdio: 'ignore' });
    return { cold: await seconds(1, make), warm: await seconds(3, make) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const NOOP = {
  'nodes/toy/noop.ts': `import { defineNode, port, t } from '../../engine/sdk/index.js';

export default defineNode({
  type: 'toy.noop',
  doc: 'Gives a number.',
  time: 'row',
  in: {},
  out: { total: port.scalar('The number.') },
  params: { a: t.text({ doc: 'First.' }), b: t.text({ doc: 'Second.' }) },
  run: (_ins, { a, b }) => ({ total: Number(a) * 1000 + Number(b) }),
});
`,
};

function wide(a: number, b: number): string {
  const ids = (n: number) => Array.from({ length: n }, (_, i) => `"${i}"`).join(', ');
  return `dag: ${a * b === 1000 ? 'thousand' : 'myriad'}
doc: Many items that do nothing.
dimensions:
  a: [${ids(a)}]
  b: [${ids(b)}]
stages:
  one: { foreach: [a, b], use: toy.noop, with: { a: $a, b: $b } }
  all: { use: toy.sum, in: { totals: one } }
out: { total: all.total }
`;
}
