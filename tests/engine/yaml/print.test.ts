import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseYaml } from '../../../engine/yaml/parse.js';
import { printYaml } from '../../../engine/yaml/print.js';
import { plain } from '../../../engine/yaml/read.js';
import type { Json } from '../../../engine/yaml/value.js';

function back(json: Json): Json | undefined {
  const { value, problems } = parseYaml(printYaml(json), 'printed.yaml');
  expect(problems).toEqual([]);
  return value && plain(value);
}

describe('printYaml', () => {
  it('prints a spec as people write it', () => {
    const spec = {
      event: 'VOL_SPIKE',
      doc: 'Short volatility, far above: unusual',
      let: { far: 'rv_z >= max($floor, past_quantile(rv_z, $q))' },
      span: { from: '2024-01-01', to: '1e5' },
      horizons: ['5m', 'sign(x)', 'null', 'a, b'],
      cases: [{ rows: { rv_z: [1, NaN, 1e20] }, at: [] }, [['a'], {}], 'x'],
    };
    expect(printYaml(spec)).toBe(`event: VOL_SPIKE
doc: "Short volatility, far above: unusual"
let:
  far: rv_z >= max($floor, past_quantile(rv_z, $q))
span:
  from: 2024-01-01
  to: "1e5"
horizons: ["5m", "sign(x)", "null", "a, b"]
cases:
  - rows:
      rv_z: [1, .nan, 1e+20]
    at: []
  - - [a]
    - {}
  - x
`);
    expect(back(spec)).toEqual(spec);
  });

  it.each<[string, Json]>([
    ['a scalar', 'x'],
    ['nothing', null],
    ['an empty text', ''],
    ['an empty list', []],
    ['an empty map', {}],
    ['texts like other types', ['true', 'Null', '~', '1', '.nan', '0x1', '-', '---', '<<', 'yes']],
    [
      'texts with signs',
      [
        '!a',
        '&a',
        '*a',
        '@a',
        '%a',
        '# a',
        'a #b',
        'a: b',
        'a:',
        '- a',
        "'",
        '"',
        '`',
        '|',
        '(a',
        'a ',
      ],
    ],
    ['keys with signs', { '<<': 1, 'a: b': 2, '': 3, true: 4, '1': 5, '# a': 6, '- a': 7 }],
    ['invisible characters', ['\0\x1b\u007f\u0085\u2028\ufeff\r\n\t']],
    ['a long list', Array.from({ length: 80 }, (_, i) => i)],
    ['numbers', [1e21, 5e-324, -1.5, 2 ** 53, 1.7976931348623157e308]],
  ])('reads back: %s', (_name, json) => {
    expect(back(json)).toEqual(json);
  });

  it.each<[string, Json]>([
    ['infinity', [Infinity]],
    ['half a pair', 'a\ud800'],
    ['a reserved key', { constructor: 1 }],
    ['a very long key', { ['k'.repeat(1001)]: 1 }],
  ])('refuses %s', (_name, json) => {
    expect(() => printYaml(json)).toThrow(TypeError);
  });

  it('parse after print is identity', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(
          fc.constantFrom(
            'a',
            'B',
            '1',
            ' ',
            ': ',
            ' #',
            ',',
            '(',
            ')',
            '[',
            '}',
            '-',
            '\n',
            '"',
            "'",
            '\\',
            'é',
            '😀',
            '$',
            '.',
          ),
          { maxLength: 8 },
        )
        .map((p) => p.join('')),
    );
    const key = text.filter((k) => !['__proto__', 'constructor', 'prototype'].includes(k));
    const number = fc.oneof(
      fc.integer(),
      fc.double({ noDefaultInfinity: true }).map((x) => x + 0),
    );
    const { json } = fc.letrec<{ json: Json }>((tie) => ({
      json: fc.oneof(
        { maxDepth: 4 },
        text,
        number,
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('json'), { maxLength: 4 }),
        fc.dictionary(key, tie('json'), { maxKeys: 4, noNullPrototype: true }),
      ),
    }));
    fc.assert(
      fc.property(json, (value) => {
        expect(back(value)).toEqual(value);
      }),
      { numRuns: 300, seed: 17 },
    );
  });
});
