import { describe, expect, it } from '@jest/globals';
import type { Json } from '../../../engine/sdk/index.js';
import { loadValidator } from '../../../engine/sdk/json-schema.js';

const schema = {
  type: 'object',
  additionalProperties: false,
  required: ['direction'],
  properties: { direction: { enum: ['long', 'short'] }, delay: { type: 'integer', minimum: 1 } },
};

describe('what a value lacks of its schema', () => {
  const cases: readonly (readonly [string, Json, readonly string[]])[] = [
    ['nothing', { direction: 'long', delay: 1 }, []],
    ['a type', [], ['the value must be object']],
    ['a bound, with its place', { direction: 'long', delay: 0 }, ['/delay must be >= 1']],
    [
      'a choice, with those there are',
      { direction: 'up' },
      ['/direction must be equal to one of the allowed values: ["long","short"]'],
    ],
    [
      'a field nobody knows, with the one that was meant',
      { direction: 'long', dealy: 1 },
      ['the value must NOT have additional properties: "dealy" (did you mean "delay"?)'],
    ],
    [
      'a field like no other, with those there are',
      { direction: 'long', stop: 1 },
      ['the value must NOT have additional properties: "stop" (one of: delay, direction)'],
    ],
    [
      'several things at once',
      { delay: 1.5 },
      ["the value must have required property 'direction'", '/delay must be integer'],
    ],
  ];
  it.each(cases)('%s', async (_, value, told) => {
    expect((await loadValidator())(schema, value)).toEqual(told);
  });
});
