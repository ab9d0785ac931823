import { beforeAll, describe, expect, it } from '@jest/globals';
import { globSync } from 'tinyglobby';
import { inPlainNode } from '../../kit/plain.js';
import { ROOT } from '../../kit/specs.js';
import { type Counted, PATIENCE, pooled, rateOf, tableOf } from './rate-table.js';

/** Worlds of half a year and three symbols each: an event at the least rate of most bounds occurs 31 times. */
const SEEDS = ['1', '2'];
/** Events that the market without effects cannot judge, and why. */
const UNJUDGED: Readonly<Record<string, string>> = {
  FEE_REGIME_CHANGE_EVENT: 'no port brings a fee schedule to the registry',
};

describe('in a market without effects', () => {
  let counted: readonly Counted[] = [];
  beforeAll(async () => {
    const worlds: (readonly Counted[])[] = [];
    for (const seed of SEEDS) {
      worlds.push((await inPlainNode('false-fires-script', [seed])) as readonly Counted[]); // as the script prints it
    }
    counted = pooled(worlds);
    if (process.env.RATES_TABLE) process.stdout.write(tableOf('no effects', counted, worlds));
  }, PATIENCE);

  const ids = globSync('spec/events/**/*.yaml', { cwd: ROOT }).map((file) => {
    return file.replace(/^.*\/|\.yaml$/g, '');
  });
  it.each(ids.filter((id) => !(id in UNJUDGED)).sort())('%s occurs as often as it says', (id) => {
    const found = counted.find(({ event }) => event === id);
    const [least = Number.NaN, most = Number.NaN] = found?.bounds ?? [];
    expect({ id, needs: found?.needs }).toEqual({ id, needs: [] });
    expect(rateOf(found)).toBeGreaterThanOrEqual(least);
    expect(rateOf(found)).toBeLessThanOrEqual(most);
  });
});
