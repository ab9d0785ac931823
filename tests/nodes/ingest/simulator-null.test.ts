import { beforeAll, describe, expect, it } from '@jest/globals';
import { inPlainNode } from '../../kit/plain.js';

interface Told {
  readonly name: string;
  readonly n: number;
  readonly bps: number;
  readonly errors: number;
}

const YEARS = 16;

describe('the market without effects', () => {
  let told: readonly Told[] = [];
  beforeAll(async () => {
    told = (await inPlainNode('null-script', [String(YEARS)])) as readonly Told[]; // as the script prints it
  }, 240_000);

  it('has no drift after anything that can be seen: 14 patterns, 3 horizons, each within 3 standard errors', () => {
    expect(told.length).toBe(14 * 3);
    for (const { n } of told) expect(n).toBeGreaterThan(150);
    expect(told.filter(({ errors }) => !(Math.abs(errors) < 3))).toEqual([]);
  });

  it('and the same eyes see what is planted elsewhere', async () => {
    const seen = (await inPlainNode('null-script', ['4', 'loud'])) as readonly Told[]; // as the script prints it
    const found = seen.filter(({ errors }) => Math.abs(errors) > 3).map(({ name }) => name);
    expect(found).toContain('volume spike 12');
  }, 120_000);
});
