import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Diagnostic } from '../../engine/diag/diagnostic.js';
import { Checkout } from '../kit/checkout.js';
import { userOf } from './user.js';

/*
 * Malformed specs and pipelines among the shipped ones, and what `dag check` prints about them. The first line of a case says
 * where in the checkout the file stands. A pipeline is checked itself, a spec with a pipeline that uses it.
 */

const BAD = fileURLToPath(new URL('bad/shipped', import.meta.url));
const CASES = readdirSync(BAD)
  .filter((file) => file.endsWith('.yaml'))
  .sort();
const update = process.env.UPDATE_GOLDEN === '1';

let checkout: Checkout;
beforeAll(async () => {
  checkout = await Checkout.make();
});
afterAll(() => checkout.remove());

async function problemsOf(file: string, text: string): Promise<readonly Diagnostic[]> {
  checkout.write(file, text);
  if (file.startsWith('dags/')) return (await checkout.check(file)).problems;
  checkout.write('dags/user.yaml', userOf(file));
  return (await checkout.check('dags/user.yaml')).problems;
}

describe('what is wrong among the shipped files is told', () => {
  it.each(CASES)(
    '%s',
    async (name) => {
      const text = readFileSync(join(BAD, name), 'utf8');
      const file = /^# (\S+)/.exec(text)?.[1] ?? '';
      const problems = await problemsOf(file, text);
      const printed = checkout.printed(problems);
      checkout.restore(file);
      expect(problems.some((p) => p.severity === 'error')).toBe(true);
      for (const { place, message } of problems) {
        expect(place).toBeDefined();
        expect(message).not.toMatch(/\{\w+\}|undefined|\[object|\bat \S+:\d+:\d+/);
      }
      const golden = join(BAD, name.replace(/\.yaml$/, '.txt'));
      if (update) writeFileSync(golden, printed);
      expect(existsSync(golden)).toBe(true);
      expect(printed).toBe(readFileSync(golden, 'utf8'));
    },
    20_000,
  );
});
