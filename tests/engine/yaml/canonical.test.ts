import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from '../../../engine/store/codecs/json.js';
import { canonical } from '../../../engine/yaml/canonical.js';
import type { Json } from '../../../engine/yaml/value.js';

/** The package is CommonJS, and its types say otherwise. */
const reference: (value: unknown) => string | undefined = createRequire(import.meta.url)(
  'canonicalize',
);

describe('canonical', () => {
  it.each<[string, Json, string]>([
    ['sorted keys', { b: 1, a: [true, null] }, '{"a":[true,null],"b":1}'],
    [
      'keys by code units',
      { '😀': 1, '\ufb33': 2, é: 3, '1': 4, '10': 5, '2': 6 },
      '{"1":4,"10":5,"2":6,"é":3,"😀":1,"\ufb33":2}',
    ],
    [
      'ECMAScript numbers',
      [1e21, 1e-7, 0.1, -0, 1e20, 333333333.3333333],
      '[1e+21,1e-7,0.1,0,100000000000000000000,333333333.3333333]',
    ],
    ['escapes', '\u0000\b\t"\\/\u2028é', '"\\u0000\\b\\t\\"\\\\/\u2028é"'],
    ['an escaped backslash before letters', '\\ud800', '"\\\\ud800"'],
    ['empty', [{}, [], ''], '[{},[],""]'],
  ])('%s', (_name, value, text) => {
    expect(canonical(value)).toBe(text);
  });

  it.each<[string, Json]>([
    ['NaN', { a: [NaN] }],
    ['infinity', -Infinity],
    ['half a pair', 'x\ud800'],
    ['half a pair behind a backslash', '\\\ud800'],
    ['half a pair in a key', { '\udc00': 1 }],
  ])('refuses %s', (_name, value) => {
    expect(() => canonical(value)).toThrow(TypeError);
  });

  it.each<[string, object]>([
    ['undefined in a map', { a: undefined }],
    ['undefined in a list', { a: [undefined] }],
    ['a Map', { a: new Map([[1, 2]]) }],
    ['a date', { a: new Date(0) }],
    ['a typed array', { a: new Float64Array(2) }],
    ['a function', { a: () => 1 }],
    ['a bigint', { a: 1n }],
  ])('refuses what is not plain data: %s', (_name, value) => {
    expect(() => Reflect.apply(canonical, undefined, [value])).toThrow(TypeError);
  });

  it('agrees with the reference implementation', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const json: Json = JSON.parse(JSON.stringify(value));
        expect(canonical(json)).toBe(reference(json));
        // Stored values have a writer of their own, which names the place of what it refuses; the bytes are the same.
        expect(canonicalJson(json)).toBe(canonical(json));
      }),
      { numRuns: 200, seed: 5 },
    );
  });

  it('ignores the order of keys, and reads back', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.integer()), (map) => {
        const turned = Object.fromEntries(Object.entries(map).reverse());
        expect(canonical(turned)).toBe(canonical(map));
        expect(JSON.parse(canonical(map))).toEqual(JSON.parse(JSON.stringify(map)));
      }),
      { numRuns: 100, seed: 5 },
    );
  });
});
