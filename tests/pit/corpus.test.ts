import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Checkout } from '../kit/checkout.js';
import { LAB } from '../kit/lab.js';
import { installFormulas } from '../kit/specs.js';
import { type Case, casesOf, formulasOf } from './leaks/corpus.js';
import { type Told, toldOfNodes } from './leaks/plain.js';
import { told } from './leaks/static.js';
import { sumsOf, tableOf, type Verdict, verdictOf } from './leaks/verdicts.js';

/*
 * The leak corpus: every leak is caught, before anything runs or by running twice, and nothing is held against what only looks like
 * one. With PIT_TABLE=1 (`make pit`) the result is printed as a table.
 */

const cases = [...casesOf('leak'), ...casesOf('clean'), ...casesOf('unseen')];
const verdicts: Verdict[] = [];
let checkout: Checkout;
/** The two-run test goes on in a process of its own while the compiler is asked. */
let running: Promise<ReadonlyMap<string, Told>>;

beforeAll(async () => {
  running = toldOfNodes();
  installFormulas();
  checkout = await Checkout.make(LAB);
});
afterAll(async () => {
  await running;
  checkout.remove();
  if (process.env.PIT_TABLE !== undefined) process.stdout.write(`\n${tableOf(verdicts)}\n`);
});

async function verdictOn(found: Case): Promise<Verdict> {
  const problems = found.node === undefined ? await told(found, checkout) : [];
  const runs = found.node !== undefined || Object.keys(formulasOf(found)).length > 0;
  return verdictOf(found, problems, runs ? (await running).get(found.id) : undefined);
}
/** What needs no run first. */
const waits = (found: Case): number => (found.node === undefined ? 0 : 1);

for (const [kind, title] of [
  ['leak', 'is caught'],
  ['clean', 'passes'],
  ['unseen', 'is seen by nothing'],
] as const)
  describe(title, () => {
    const own = cases.filter((c) => c.verdict === kind);
    for (const found of [...own].sort((a, b) => waits(a) - waits(b)))
      it(`${found.id}: ${found.doc}`, async () => {
        const verdict = await verdictOn(found);
        verdicts.push(verdict);
        expect({ charges: verdict.charges, right: verdict.right }).toMatchObject({ right: true });
      });
  });

describe('the corpus', () => {
  it('has at least forty of each kind, each with a name of its own', () => {
    const count = (kind: string) => cases.filter((c) => c.verdict === kind).length;
    expect(count('leak')).toBeGreaterThanOrEqual(40);
    expect(count('clean')).toBeGreaterThanOrEqual(40);
    expect(new Set(cases.map((c) => c.id)).size).toBe(cases.length);
  });

  it('was looked at closely: every node gave rows that were compared', async () => {
    const idle = [...(await running).values()].filter((t) => t.cells < 100).map((t) => t.id);
    expect(idle).toEqual([]);
    expect(sumsOf(verdicts)).toMatch(/, 0 missed\.\n.* 0 false alarms\./);
  });
});
