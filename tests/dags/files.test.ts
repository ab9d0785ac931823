import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Diagnostic } from '../../engine/diag/diagnostic.js';
import { Checkout } from '../kit/checkout.js';
import { chain } from './chain.js';

/* Files that are not what they seem, among the shipped ones: bytes that are no text, texts that explode, links that lead out. */

const SECRET = 'the-secret-of-another-project';
let checkout: Checkout;
let outside: string;
beforeAll(async () => {
  checkout = await Checkout.make();
  outside = mkdtempSync(join(tmpdir(), 'dag-outside-'));
  for (const name of ['odd', 'mean_2', 'prices'])
    writeFileSync(join(outside, `${name}.yaml`), `feature: odd\nexpr: close\ntitle: ${SECRET}\n`);
});
afterAll(() => {
  checkout.remove();
  rmSync(outside, { recursive: true, force: true });
});

const FEATURE = 'spec/features/returns/odd.yaml';
const GOOD = 'feature: odd\nexpr: close / lag(close, 1)\n';

async function check(edit: readonly [string, string] = ['rv, rv_z]', `rv, rv_z, ${FEATURE}]`]) {
  checkout.write('dags/chain.yaml', chain({ edits: [edit] }));
  const { problems } = await checkout.check('dags/chain.yaml');
  return problems.filter((p) => p.severity === 'error');
}

/** What was told, as `file:line:col code`; nothing of it may show what is outside. */
function told(problems: readonly Diagnostic[]): readonly string[] {
  const printed = checkout.printed(problems);
  expect(printed).not.toContain(SECRET);
  expect(printed).not.toContain(outside);
  return problems.map(({ code, place }) => `${place?.file}:${place?.line}:${place?.col} ${code}`);
}

describe('bytes of a spec', () => {
  const rows: readonly [string, string | Uint8Array, readonly string[]][] = [
    ['as they should be', GOOD, []],
    ['with line ends of Windows', GOOD.replaceAll('\n', '\r\n'), []],
    ['with a byte-order mark', `\ufeff${GOOD}`, ['1:1 yaml/byte-order-mark']],
    [
      'with a mark in the middle',
      `feature: odd\n\ufeffexpr: close\n`,
      ['2:1 yaml/byte-order-mark'],
    ],
    [
      'indented with a tab',
      'feature: odd\nforeach:\n\tk: [1]\nexpr: lag(close, $k)\n',
      ['3:1 yaml/tab'],
    ],
    ['with a NUL', 'feature: odd\nexpr: clo\0se\n', ['2:10 yaml/control-character']],
    ['with a lone CR', 'feature: odd\rexpr: close\n', ['1:13 yaml/control-character']],
    [
      'with bytes that are no UTF-8',
      Buffer.from([...Buffer.from('feature: odd\nexpr: '), 0xff, 0xfe]),
      ['2:7 yaml/not-utf8'],
    ],
    ['of UTF-16', Buffer.from(`\ufeff${GOOD}`, 'utf16le'), ['1:1 yaml/not-utf8']],
    ['more than a mebibyte', `${GOOD}# ${'x'.repeat(1024 * 1024)}\n`, ['1:1 yaml/too-large']],
    [
      'nested 65 deep',
      `feature: odd\ncases: ${'['.repeat(65)}${']'.repeat(65)}\nexpr: close\n`,
      ['2:71 yaml/too-deep'],
    ],
    [
      'nested 100,000 deep',
      `feature: odd\ncases: ${'['.repeat(100_000)}\n`,
      ['2:71 yaml/too-deep'],
    ],
  ];
  it.each(rows)(
    '%s',
    async (_name, content, expected) => {
      checkout.write(FEATURE, content);
      const problems = told(await check());
      checkout.restore(FEATURE);
      expect(problems).toEqual(expected.map((at) => `${FEATURE}:${at}`));
    },
    20_000,
  );

  it('a billion laughs', async () => {
    const levels = Array.from({ length: 30 }, (_, i) => `  l${i + 1}: &l${i + 1} [*l${i}, *l${i}]`);
    checkout.write(
      FEATURE,
      `feature: odd\nexpr: close\nparams:\n  l0: &l0 ha\n${levels.join('\n')}\n`,
    );
    const started = performance.now();
    const problems = told(await check());
    checkout.restore(FEATURE);
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(new Set(problems.map((p) => p.split(' ')[1]))).toEqual(
      new Set(['yaml/anchor', 'yaml/alias']),
    );
  });
});

describe('links and strange files', () => {
  const link = (target: string, at: string) => {
    rmSync(checkout.path(at), { recursive: true, force: true });
    mkdirSync(dirname(checkout.path(at)), { recursive: true });
    symlinkSync(target, checkout.path(at));
  };
  const rows: readonly [
    string,
    string,
    string,
    readonly [string, string] | undefined,
    readonly string[],
  ][] = [
    [
      'a spec named by its path',
      FEATURE,
      'odd.yaml',
      undefined,
      [
        'dags/chain.yaml:12:144 graph/link-leaves-project',
        `${FEATURE}:1:1 graph/link-leaves-folder`,
      ],
    ],
    [
      'a spec named by its id',
      FEATURE,
      'odd.yaml',
      ['rv_z]', 'rv_z, odd]'],
      ['dags/chain.yaml:12:144 spec/unknown', `${FEATURE}:1:1 graph/link-leaves-folder`],
    ],
    [
      'a spec in a glob',
      FEATURE,
      'odd.yaml',
      ['rv, rv_z]', 'spec/features/returns/*.yaml]'],
      [`${FEATURE}:1:1 graph/link-leaves-folder`],
    ],
    [
      'a folder of specs in a glob',
      'spec/features/more',
      '.',
      ['rv, rv_z]', 'spec/features/more/*.yaml]'],
      ['dags/chain.yaml:12:134 graph/link-leaves-project'],
    ],
    ['a folder inside a glob', 'spec/features/more', '.', undefined, []],
    [
      'a formula',
      'spec/formulas/mean_2.yaml',
      'mean_2.yaml',
      undefined,
      ['spec/formulas/mean_2.yaml:1:1 graph/link-leaves-folder'],
    ],
    [
      'a contract',
      'spec/contracts/prices.yaml',
      'prices.yaml',
      undefined,
      [
        'dags/chain.yaml:26:3 graph/unknown-contract',
        'spec/contracts/prices.yaml:1:1 graph/link-leaves-folder',
      ],
    ],
    [
      'a part',
      'dags/parts/discovery.yaml',
      'odd.yaml',
      undefined,
      ['dags/chain.yaml:23:10 graph/link-leaves-project'],
    ],
    [
      'a folder of data',
      'lake/mine',
      '.',
      ['seed: 7', 'folder: lake/mine, seed: 7'],
      ['dags/chain.yaml:10:107 graph/link-leaves-project'],
    ],
    [
      'a folder to publish to',
      'lake/mine',
      '.',
      ['use: clean.market,', 'use: clean.market, publish: { bars: lake/mine/x },'],
      ['dags/chain.yaml:11:65 graph/link-leaves-project'],
    ],
  ];
  it.each(rows)(
    '%s',
    async (_name, at, target, edit, expected) => {
      link(join(outside, target), at);
      const problems = told(
        edit || at !== FEATURE ? await check(edit ?? ['rv_z]', 'rv_z]']) : await check(),
      );
      checkout.restore(at);
      expect(problems).toEqual(expected);
    },
    20_000,
  );

  it('all specs behind one link', async () => {
    const away = join(outside, 'spec');
    execFileSync('cp', ['-r', checkout.path('spec'), away]);
    link(away, 'spec');
    const problems = told(await check(['rv_z]', 'rv_z]']));
    checkout.restore('spec');
    expect(problems).toContain('spec/contracts:1:1 graph/link-leaves-folder');
    expect(problems).toContain('spec/features:1:1 graph/link-leaves-folder');
  });

  it('a folder and a pipe that are called like specs', async () => {
    rmSync(checkout.path(FEATURE), { force: true });
    mkdirSync(checkout.path(FEATURE));
    const folder = told(await check());
    rmSync(checkout.path(FEATURE), { recursive: true });
    execFileSync('mkfifo', [checkout.path(FEATURE)]);
    const pipe = told(await check(['rv, rv_z]', 'spec/features/**/*.yaml]']));
    checkout.restore(FEATURE);
    expect(folder).toEqual(['dags/chain.yaml:12:144 graph/no-file']);
    expect(pipe).toEqual([`${FEATURE}:1:1 yaml/not-a-file`]);
  });
});

describe('parts in parts', () => {
  /** Parts that use each other, `depth` of them one inside the other. */
  function nest(depth: number, last: string): void {
    const use = (i: number) => (i < depth ? `dags/deep/p${i + 1}.yaml` : last);
    for (let i = 1; i <= depth; i++)
      checkout.write(`dags/deep/p${i}.yaml`, `dag: p${i}\nstages:\n  inner: { use: ${use(i)} }\n`);
  }
  const leaf =
    'dag: leaf\nstages:\n  folds: { use: walkforward.folds, with: { rhythm: { id: a, train: 9d, test: 3d, step: 3d }, span: { from: 2024-01-01, to: 2024-02-01 } } }\n';
  afterAll(() => checkout.restore('dags/deep'));

  it.each([
    [7, 'dags/deep/leaf.yaml', []],
    [8, 'dags/deep/leaf.yaml', ['dags/deep/p8.yaml:3:17 graph/too-nested']],
    [2, 'dags/deep/p1.yaml', ['dags/deep/p2.yaml:3:17 graph/self-inclusion']],
    [1, 'dags/odd.yaml', ['dags/deep/p1.yaml:3:17 graph/self-inclusion']],
  ])(
    '%d deep, then %s',
    async (depth, last, expected) => {
      checkout.write('dags/deep/leaf.yaml', leaf);
      nest(depth, last);
      checkout.write('dags/odd.yaml', 'dag: odd\nstages:\n  part: { use: dags/deep/p1.yaml }\n');
      const { problems } = await checkout.check('dags/odd.yaml');
      checkout.restore('dags/odd.yaml');
      expect(told(problems)).toEqual(expected);
    },
    20_000,
  );

  it('parts that use each other so often that nothing could hold them', async () => {
    for (let i = 1; i <= 7; i++) {
      const next = i < 7 ? `dags/deep/p${i + 1}.yaml` : 'dags/deep/leaf.yaml';
      const stages = Array.from({ length: 9 }, (_, k) => `  s${k}: { use: ${next} }`).join('\n');
      checkout.write(`dags/deep/p${i}.yaml`, `dag: p${i}\nstages:\n${stages}\n`);
    }
    checkout.write('dags/deep/leaf.yaml', leaf);
    checkout.write('dags/odd.yaml', 'dag: odd\nstages:\n  part: { use: dags/deep/p1.yaml }\n');
    const started = performance.now();
    const { problems } = await checkout.check('dags/odd.yaml');
    checkout.restore('dags/odd.yaml');
    expect(performance.now() - started).toBeLessThan(20_000);
    expect(problems.map((p) => p.code)).toEqual(['graph/too-many-stages']);
  });

  it('dimensions that multiply to more items than could be run', async () => {
    const list = `[${Array.from({ length: 200 }, (_, i) => i).join(', ')}]`;
    checkout.write(
      'dags/odd.yaml',
      `dag: odd\ndimensions: { a: ${list}, b: ${list}, c: ${list} }\nstages:\n  grid: { foreach: [a, b, c], use: walkforward.folds, with: { rhythm: { id: x, train: 9d, test: 3d, step: 3d }, span: { from: 2024-01-01, to: 2024-02-01 } } }\n`,
    );
    const { problems } = await checkout.check('dags/odd.yaml');
    checkout.restore('dags/odd.yaml');
    expect(problems.map((p) => p.message)).toEqual([
      'Stage "grid" has 8000000 items (200 a × 200 b × 200 c); at most 1000000 are possible.',
    ]);
  });
});
