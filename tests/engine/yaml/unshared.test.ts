import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { shared } from '../../../engine/build/share.mjs';
import { unshared } from '../../../engine/yaml/unshared.js';
import type { Json } from '../../../engine/yaml/value.js';

describe('data whose equal parts are written once', () => {
  const field = { type: 'number', minimum: 0, description: 'A number of something or other.' };
  const record = { fields: { a: field, b: field }, properties: { a: field, b: field } };

  it('are shorter, and the same when they are read', () => {
    const data = { one: record, two: { of: record }, list: [record, field] };
    const written = JSON.parse(JSON.stringify(shared(data)));
    expect(JSON.stringify(written).length).toBeLessThan(JSON.stringify(data).length / 3);
    expect(unshared(written)).toEqual(data);
  });

  it('whatever they are', () => {
    const long = fc.string({ minLength: 60, maxLength: 70 });
    const data = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'medium' },
        long,
        fc.constant(record),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), tie('value'), { maxKeys: 4 }),
      ),
    })).value;
    fc.assert(
      fc.property(data, (value) => {
        const twice = [value, { again: value }] as Json; // letrec forgets what its parts are
        expect(unshared(JSON.parse(JSON.stringify(shared(twice))))).toEqual(twice);
      }),
    );
  });
});
