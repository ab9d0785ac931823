import { describe, expect, it } from '@jest/globals';
import { Problems } from '../../../engine/diag/problems.js';
import { parseYaml } from '../../../engine/yaml/parse.js';
import * as read from '../../../engine/yaml/read.js';
import type { Yaml, YamlMap } from '../../../engine/yaml/value.js';

function yaml(text: string): Yaml {
  const { value } = parseYaml(text, 'f');
  if (!value) throw new Error(`no value in ${text}`);
  return value;
}

function map(text: string): YamlMap {
  const value = yaml(text);
  if (value.kind !== 'map') throw new Error(`no map in ${text}`);
  return value;
}

/** What a reader gives and says. */
function reading<T>(reader: (problems: Problems) => T) {
  const problems = new Problems();
  const value = reader(problems);
  return { value, said: problems.all.map((p) => [p.message, p.hint]) };
}

describe('readers', () => {
  it.each<[string, (p: Problems) => unknown, unknown]>([
    ['text', (p) => read.textOf(yaml('abc'), p, 'x'), 'abc'],
    ['number', (p) => read.numberOf(yaml('0'), p, 'x'), 0],
    ['boolean', (p) => read.booleanOf(yaml('false'), p, 'x'), false],
    ['list', (p) => read.listOf(yaml('[1]'), p, 'x')?.items.length, 1],
    ['map', (p) => read.mapOf(yaml('a: 1'), p, 'x')?.entries.length, 1],
    ['text with places', (p) => read.scalarTextOf(yaml('abc'), p, 'x')?.locate(1, 1).col, 2],
  ])('give a %s', (_name, reader, value) => {
    expect(reading(reader)).toEqual({ value, said: [] });
  });

  it.each<[string, (p: Problems) => unknown, string, string | undefined]>([
    [
      'a number for text',
      (p) => read.textOf(yaml('2024'), p, '"doc"'),
      '"doc" must be text, found number 2024.',
      'quote it to make it text: "2024"',
    ],
    [
      'nothing for text',
      (p) => read.textOf(yaml('~'), p, '"doc"'),
      '"doc" must be text, found nothing.',
      undefined,
    ],
    [
      'a text for a number',
      (p) => read.numberOf(yaml('"5"'), p, '"fdr"'),
      '"fdr" must be a number, found text "5".',
      'remove the quotes',
    ],
    [
      'a missing number',
      (p) => read.numberOf(yaml('.nan'), p, '"fdr"'),
      '"fdr" must be a number, found number NaN.',
      undefined,
    ],
    [
      'yes for true',
      (p) => read.booleanOf(yaml('yes'), p, '"on"'),
      '"on" must be true or false, found text "yes".',
      'YAML 1.2 knows only true and false',
    ],
    [
      'a text for a map',
      (p) => read.mapOf(yaml('a:b'), p, '"with"'),
      '"with" must be a map, found text "a:b".',
      'a ":" needs a space after it',
    ],
    [
      'a list for a map',
      (p) => read.mapOf(yaml('[a]'), p, '"with"'),
      '"with" must be a map, found a list.',
      undefined,
    ],
    [
      'a text for a list',
      (p) => read.listOf(yaml('a'), p, '"when"'),
      '"when" must be a list, found text "a".',
      'write [ ] around it, or "- " before each item',
    ],
    [
      'a long text',
      (p) => read.listOf(yaml('a'.repeat(50)), p, '"x"'),
      `"x" must be a list, found text "${'a'.repeat(40)}…".`,
      'write [ ] around it, or "- " before each item',
    ],
  ])('refuse %s', (_name, reader, message, hint) => {
    expect(reading(reader)).toEqual({ value: undefined, said: [[message, hint]] });
  });

  it('find entries', () => {
    const m = map('a: 1\nb: [x]');
    expect(read.get(m, 'b')?.kind).toBe('list');
    expect(read.get(m, 'c')).toBeUndefined();
    expect(read.get(m, 'toString')).toBeUndefined();
    expect(read.entry(m, 'b')?.keyPlace.line).toBe(2);
  });

  it('drop places', () => {
    const text = 'a: { b: [1, .nan, x, ~, true] }\nc: {}';
    expect(read.plain(yaml(text))).toEqual({ a: { b: [1, NaN, 'x', null, true] }, c: {} });
  });
});

describe('keys', () => {
  it('that are unknown are reported with the nearest legal one', () => {
    const problems = new Problems();
    read.unknownKeys(map('use: a\nforech: b\nzzz: c'), ['use', 'foreach', 'in'], problems);
    expect(problems.all).toMatchObject([
      {
        code: 'yaml/unknown-key',
        place: { line: 2, col: 1, length: 6 },
        hint: 'did you mean "foreach"?',
        facts: { key: 'forech' },
      },
      {
        code: 'yaml/unknown-key',
        place: { line: 3 },
        hint: 'one of: foreach, in, use',
        facts: { key: 'zzz' },
      },
    ]);
  });

  it('that are missing are reported at the map', () => {
    const problems = new Problems();
    read.requireKeys(map('use: a'), ['use', 'in', 'out'], problems, 'The stage "x"');
    expect(problems.all.map((p) => p.message)).toEqual([
      'The stage "x" lacks the key "in".',
      'The stage "x" lacks the key "out".',
    ]);
  });

  it.each<[string, string | undefined]>([
    ['a_b1', undefined],
    ['_x', undefined],
    ['Fast', 'names have lower-case letters, digits and _, and do not start with a digit: "fast"'],
    ['a-b', 'names have lower-case letters, digits and _, and do not start with a digit: "a_b"'],
    ['"1x"', 'names have lower-case letters, digits and _, and do not start with a digit: "_1x"'],
    ['"é"', 'names have lower-case letters, digits and _, and do not start with a digit'],
    ['"a\\n"', 'names have lower-case letters, digits and _, and do not start with a digit: "a_"'],
  ])('that the author names: %s', (key, hint) => {
    const problems = new Problems();
    read.freeNames(map(`${key}: 1`), problems);
    expect(problems.all.map((p) => [p.code, p.hint])).toEqual(hint ? [['yaml/name', hint]] : []);
  });
});
