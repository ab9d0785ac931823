import { describe, expect, it } from '@jest/globals';
import { parseUnit, unitText } from '../../../engine/expr/unit.js';
import { MEASURES, UNIT_WORDS, unknownWord } from '../../../engine/expr/vocabulary.js';
import type { ParamSchema } from '../../../engine/sdk/params.js';
import { shipped } from '../../kit/shipped.js';

/** Every unit below a schema. */
function unitsIn(schema: unknown): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]) =>
    key === 'unit' && typeof value === 'string' ? [value] : unitsIn(value),
  );
}

describe('the words of units', () => {
  it.each(UNIT_WORDS)('%s is one', (word) => expect(unknownWord(word)).toBeUndefined());

  it.each([
    ['quote / base'],
    ['quote^2 / base^2'],
    ['quote per base'],
    ['1 / year'],
    ['1 / √year'],
    ['return per bar'],
    ['share of price'],
    ['hour UTC'],
  ])('%s is a unit', (text) => expect(unknownWord(text)).toBeUndefined());

  it.each([
    ['bogus', 'bogus'],
    ['bp', 'bp'],
    ['quote / bsae', 'bsae'],
    ['UTC', 'UTC'],
    ['quote of price', 'price'],
    ['BPS', 'BPS'],
    ['^2', '^2'],
  ])('%s is none', (text, word) => expect(unknownWord(text)).toBe(word));

  it.each(MEASURES)('%s is a dimension, and so is one over it', (word) => {
    expect(parseUnit(word).dims).toBe(word);
    expect(unitText(parseUnit(`1 / ${word}`))).toBe(`1 / ${word}`);
  });

  it('are those of every node and kind', async () => {
    const { catalogue } = await shipped();
    const schemas = [
      ...Object.values(catalogue.nodes).map((n) => n.params),
      ...Object.values(catalogue.kinds).map((k) => k.fields),
    ];
    const units = schemas.flatMap((fields: Readonly<Record<string, ParamSchema>>) =>
      unitsIn(fields),
    );
    expect(units.length).toBeGreaterThan(10);
    expect(units.filter((unit) => unknownWord(unit) !== undefined)).toEqual([]);
  });
});
