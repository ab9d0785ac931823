import { afterAll, describe, expect, it } from '@jest/globals';
import { MAIN, PARTS } from './good.js';
import { World } from './world.js';

/** What is said of the spec JUMP, used by a pipeline that is right. */
const world = new World(PARTS);
afterAll(() => world.remove());

function said(fires: string): readonly string[] {
  const text = `signal: JUMP\nparams: { floor: 2, window: 12 }\nfires: ${fires}\nfamily: UP\nhorizons: [5m, 1h]\n`;
  world.write({ 'spec/signals/UP/JUMP.yaml': text });
  return world
    .compile(MAIN)
    .problems.filter((p) => p.place?.file.endsWith('JUMP.yaml'))
    .map((p) => `${p.code} ${p.severity} ${p.place?.line}:${p.place?.col}`);
}

describe('a constant of a spec that nothing uses', () => {
  it('is a warning where the formulas can be read', () => {
    expect(said('rises(z >= $floor)')).toEqual(['spec/unused-name warning 2:21']);
  });

  it.each([
    ['a formula that cannot be read', 'rises(z >= $floor', 'expr/expected'],
    ['a name that may be the mistyped one', 'rises(z >= $flor)', 'spec/unknown-name'],
  ])('is not told beside %s', (_name, fires, code) => {
    expect(said(fires).map((line) => line.split(' ')[0])).toEqual([code]);
  });
});
