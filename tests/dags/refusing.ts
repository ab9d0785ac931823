import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Checkout } from '../kit/checkout.js';
import { LAB } from '../kit/lab.js';
import { chain, type Edits } from './chain.js';

/** A change to the chain: texts exchanged, stages added, files that stand beside it. */
export interface Change {
  readonly name: string;
  readonly edits?: Edits;
  readonly stages?: string;
  readonly files?: Readonly<Record<string, string>>;
}

/** A change that is refused, each problem as `code: path`, sorted by place. */
export interface Refused extends Change {
  readonly refuses: readonly string[];
}

/** Tests that each change of the chain is refused for these reasons, or compiles where none is named. */
export function refusals(changes: readonly (Change | Refused)[]): void {
  let checkout: Checkout;
  beforeAll(async () => {
    checkout = await Checkout.make(LAB);
  });
  afterAll(() => checkout.remove());

  for (const change of changes) {
    const { name, files = {} } = change;
    it(name, async () => {
      checkout.write('dags/chain.yaml', chain(change));
      for (const [file, text] of Object.entries(files)) checkout.write(file, text);
      const { compiled, problems } = await checkout.check('dags/chain.yaml');
      for (const file of Object.keys(files)) checkout.restore(file);
      const errors = problems.filter((p) => p.severity === 'error');
      const told = errors.map((p) => `${p.code}: ${p.facts.path ?? p.message}`);
      expect(told).toEqual('refuses' in change ? change.refuses : []);
      expect(compiled === undefined).toBe(told.length > 0);
      for (const { place, message, hint, facts } of errors) {
        expect(place).toBeDefined();
        if (facts.path !== undefined) expect(`${message} ${hint}`).toContain(String(facts.path));
      }
    });
  }
}

/** Row by row, over what a stage gives. */
export const features = (from: string, dims = 'symbol') =>
  `later: { foreach: ${dims}, use: features.table, in: { bars: ${from} }, with: { specs: [logret_1] } }\n`;
