import { beforeAll, describe, expect, it } from '@jest/globals';
import { globSync } from 'tinyglobby';
import { inPlainNode } from '../../kit/plain.js';
import { ROOT } from '../../kit/specs.js';

/** A bar, counted from the anchor, and the side of an event that fires there. */
interface Fired {
  readonly at: number;
  readonly side: number;
}
interface Told {
  readonly doc: string;
  readonly side: number;
  /** With the pattern, with one that is too weak, and with neither. */
  readonly hit: readonly Fired[];
  readonly near: readonly Fired[];
  readonly bare: readonly Fired[];
}

/*
 * Each event finds what is written for it into the raw tables of a market without effects, through all the nodes a pipeline has.
 * The patterns are YAML: `tests/nodes/events/patterns/`.
 */
describe('a planted pattern', () => {
  let told: Readonly<Record<string, Told>> = {};
  let unknown: readonly string[] = [];
  beforeAll(async () => {
    const all = await inPlainNode('patterns-script', []);
    ({ told, unknown } = all as { told: typeof told; unknown: typeof unknown }); // as the script prints it
  });

  const ids = globSync('spec/events/**/*.yaml', { cwd: ROOT }).map((file) => {
    return file.replace(/^.*\/|\.yaml$/g, '');
  });
  it.each(ids.sort())('of %s fires on its bar, none before, and a weaker one does not', (id) => {
    const { side, hit, near, bare } = told[id] ?? {};
    expect({ hit, near, bare }).toEqual({ hit: [{ at: 0, side }], near: [], bare: [] });
  });

  it('is of an event that there is', () => {
    expect(unknown).toEqual([]);
  });
});
