import { afterAll, describe, expect, it } from '@jest/globals';
import { formulaPlaces } from '../../../engine/graph/specs.js';
import type { Formula } from '../../../engine/sdk/formula.js';
import { t } from '../../../engine/sdk/params.js';
import { revive } from '../../../engine/sdk/revive.js';
import type { Json } from '../../../engine/yaml/value.js';
import { MAIN, PARTS } from '../graph/good.js';
import { TOYS } from '../graph/toys.js';
import { valueAt, World } from '../graph/world.js';

const world = new World(PARTS);
afterAll(() => world.remove());
const graph = world.graph(MAIN);
const detect = TOYS.catalogue.nodes['toy.detect'];
const signal = valueAt(graph, 'hits', 'signal', { signal: 'JUMP' }) ?? null;

function isFormula(value: unknown): value is Formula {
  return typeof value === 'object' && value !== null && 'tree' in value && 'text' in value;
}

/** The revived value with formulas as `f:text`, so that it can be compared. */
function shown(value: unknown): unknown {
  if (isFormula(value)) return `f:${value.text}`;
  if (Array.isArray(value)) return value.map(shown);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, shown(v)]));
}

describe('revive', () => {
  it('gives specs their formulas and clauses', () => {
    const schema = detect?.params.signal ?? t.json();
    const expected = {
      id: 'JUMP',
      fires: 'f:rises(far)',
      family: 'UP',
      horizons: [300_000, 3_600_000],
      let: { far: 'f:z >= 2' },
    };
    expect(shown(revive(schema, signal))).toEqual(expected);
    expect(shown(revive(schema, signal, formulaPlaces))).toEqual(expected);
  });

  it('points at the YAML while the compiler knows it, and into the text later', () => {
    const schema = detect?.params.signal ?? t.json();
    const place = (value: unknown) => {
      const fires = new Map(Object.entries(Object(value))).get('fires');
      return isFormula(fires) ? fires.tree.place : undefined;
    };
    expect(place(revive(schema, signal, formulaPlaces))).toMatchObject({
      file: 'spec/signals/UP/JUMP.yaml',
      line: 7,
      col: 8,
    });
    expect(place(revive(schema, JSON.parse(JSON.stringify(signal))))).toMatchObject({
      file: 'formula',
      col: 1,
    });
  });

  it.each<[string, Parameters<typeof revive>[0], Json, unknown]>([
    ['formula', t.formula(), 'a > 1', 'f:a > 1'],
    ['list of formulas', t.list(t.formula()), ['a', 'b'], ['f:a', 'f:b']],
    ['map of formulas', t.map(t.formula()), { x: 'a' }, { x: 'f:a' }],
    [
      'record',
      t.record({ when: t.formula(), n: t.integer() }),
      { when: 'a', n: 1 },
      { when: 'f:a', n: 1 },
    ],
    ['optional formula', t.optional(t.formula()), 'a', 'f:a'],
    ['plain', t.integer(), 3, 3],
    ['json', t.json(), { a: [1] }, { a: [1] }],
  ])('revives a %s', (_name, schema, json, value) => {
    expect(shown(revive(schema, json))).toEqual(value);
  });

  it('makes one tree of equal texts', () => {
    expect(revive(t.formula(), 'a + b')).toBe(revive(t.formula(), 'a + b'));
  });
});
