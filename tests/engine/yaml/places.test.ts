import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Lines } from '../../../engine/diag/lines.js';
import { Problems } from '../../../engine/diag/problems.js';
import { parseYaml } from '../../../engine/yaml/parse.js';
import { get, mapOf } from '../../../engine/yaml/read.js';
import type { Yaml, YamlScalar } from '../../../engine/yaml/value.js';

function scalarA(text: string): YamlScalar {
  const { value, problems } = parseYaml(text, 'f');
  expect(problems).toEqual([]);
  const map = value && mapOf(value, new Problems(), 'the file');
  const a = map && get(map, 'a');
  if (a?.kind !== 'scalar') throw new Error('no scalar under "a"');
  return a;
}

/** `line:col+length` of `part` inside the value of `a`. */
function located(text: string, part: string): string {
  const scalar = scalarA(text);
  const offset = String(scalar.value).indexOf(part);
  expect(offset).toBeGreaterThanOrEqual(0);
  const { line, col, length } = scalar.locate(offset, part.length);
  return `${line}:${col}+${length}`;
}

describe('locate', () => {
  it.each<[string, string, string, string]>([
    ['plain', 'a: min(x, y)', 'x', '1:8+1'],
    ['plain over lines', 'a: max(x,\n   yy)', 'yy', '2:4+2'],
    ['plain over lines with gaps', 'a: one\n\n\n  two', 'two', '4:3+3'],
    ['a part that runs over the line is cut', 'a: one\n  two', 'one two', '1:4+3'],
    ['single quotes', "a: 'it''s x'", 'x', '1:11+1'],
    ['the doubled quote itself', "a: 'it''s'", "'", '1:7+2'],
    ['single quotes over lines', "a: 'p\n  q'", 'q', '2:3+1'],
    ['double quotes', 'a: "x \\u0041 y"', 'y', '1:14+1'],
    ['an escape', 'a: "x \\u0041 y"', 'A', '1:7+6'],
    ['an escaped pair', 'a: "\\U0001F600z"', '😀', '1:5+10'],
    ['double quotes over lines', 'a: "p  \n   \n  q"', 'q', '3:3+1'],
    ['an escaped line break', 'a: "p\\\n    q"', 'q', '2:5+1'],
    ['literal block', 'a: |\n  first\n    second\n', 'second', '3:5+6'],
    ['literal block with an indentation sign', 'a: |1\n   x\n y\n', 'y', '3:2+1'],
    ['literal block with empty lines first', 'a: |\n\n\n  x\n', 'x', '4:3+1'],
    ['folded block', 'a: >\n  one\n  two\n', 'two', '3:3+3'],
    ['folded block with a deeper line', 'a: >\n  one\n    two\n\n  three\n', 'three', '5:3+5'],
    ['block with a comment in its head', 'a: >- # why\n  x y\n', 'y', '2:5+1'],
    ['Windows line ends', 'a: |\r\n  x\r\n  y\r\n', 'y', '3:3+1'],
  ])('%s', (_name, text, part, expected) => {
    expect(located(text, part)).toBe(expected);
  });

  it('looks at the source of a number', () => {
    expect(scalarA('a: 0x10').locate(2, 2)).toMatchObject({ line: 1, col: 6, length: 2 });
  });

  it.each<[string, string]>([
    ['plain', 'a: abc'],
    ['quoted', 'a: "abc"'],
  ])('an offset at the end points behind the text: %s', (_name, text) => {
    const scalar = scalarA(text);
    expect(scalar.locate(3, 1).col).toBe(text.indexOf('c') + 2);
    expect(scalar.locate(99, 5).col).toBe(text.indexOf('c') + 2);
  });

  it('of nothing is the place of nothing', () => {
    expect(scalarA('a:').locate(0, 1)).toEqual({ file: 'f', line: 1, col: 3, length: 1 });
  });

  // Characters that stand for themselves in every style, with the line breaks and spaces that folding looks at.
  const body = fc.stringMatching(/^[a-z(](?:[a-z()' é😀"\\]|\n *){0,30}[a-z)]$/u);

  it.each<[string, (text: string) => string]>([
    [
      'plain',
      (t) =>
        `a: ${t
          .replace(/["'\\]/g, 'q')
          .replace(/\n */g, '\n  ')
          .replace(/[()]/g, 'p')}\n`,
    ],
    ['single', (t) => `a: '${t.replace(/'/g, "''").replace(/\n */g, '\n  ')}'\n`],
    ['double', (t) => `a: "${t.replace(/[\\"]/g, '\\$&').replace(/\n */g, '\n  ')}"\n`],
    ['literal', (t) => `a: |\n  ${t.replace(/\n( *)/g, '\n  $1')}\n`],
    ['literal, kept', (t) => `a: |+\n\n  ${t.replace(/\n( *)/g, '\n  $1')}\n\n   \n`],
    ['folded', (t) => `a: >\n  ${t.replace(/\n( *)/g, '\n  $1')}\n`],
    ['folded, stripped', (t) => `a: >2-\n   \n  ${t.replace(/\n( *)/g, '\n  $1')}\n\n`],
    ['folded, Windows', (t) => `a: >\r\n  ${t.replace(/\n( *)/g, '\r\n  $1')}\r\n`],
  ])('points at the character: %s', (_name, write) => {
    fc.assert(
      fc.property(body, (t) => {
        const text = write(t);
        const lines = new Lines(text);
        const scalar = scalarA(text);
        const value = String(scalar.value);
        for (let i = 0; i < value.length; i++) {
          const { line, col, length } = scalar.locate(i, 1);
          const source = lines.line(line)?.slice(col - 1, col - 1 + length) ?? '';
          const char = value.charAt(i);
          if (char !== '\n' && char !== ' ') expect(source).toBe(escaped(char, source));
        }
      }),
      { numRuns: 60, seed: 7 },
    );
  });

  function escaped(char: string, source: string): string {
    if (source.length === 2 && source === `\\${char}`) return source;
    return char === "'" && source === "''" ? source : char;
  }
});

describe('places', () => {
  const inside = (lines: Lines, yaml: Yaml): void => {
    const text = lines.line(yaml.place.line);
    expect(text).toBeDefined();
    expect(yaml.place.col).toBeGreaterThanOrEqual(1);
    expect(yaml.place.length).toBeGreaterThanOrEqual(1);
    expect(yaml.place.col + yaml.place.length - 1).toBeLessThanOrEqual((text?.length ?? 0) + 1);
    if (yaml.kind === 'list') for (const item of yaml.items) inside(lines, item);
    if (yaml.kind === 'map') for (const entry of yaml.entries) inside(lines, entry.value);
  };

  it.each<[string, string, string]>([
    ['a flow map', 'a: { b: 1 } # c', '1:4+8'],
    ['a flow list over lines', 'a: [1,\n  2]', '1:4+3'],
    ['a block map', 'a:\n  b: 1\n  c: 2', '2:3+4'],
    ['a block list', 'a:\n  - 1\n  - 2', '2:3+3'],
    ['a block text', 'a: |\n  x', '1:4+1'],
    ['a quoted text', 'a: "x"', '1:4+3'],
    ['nothing', 'a:\nb: 1', '1:3+1'],
  ])('of %s', (_name, text, expected) => {
    const { value } = parseYaml(text, 'f');
    const a = value?.kind === 'map' ? get(value, 'a') : undefined;
    expect(`${a?.place.line}:${a?.place.col}+${a?.place.length}`).toBe(expected);
  });

  const fragments = [
    'a: ',
    'b:',
    '\n',
    '\n  ',
    '- ',
    '? ',
    ': ',
    '[',
    ']',
    '{',
    '}',
    ', ',
    '"',
    "'",
    '|\n',
    '>-\n',
    '#',
    ' # c',
    '&x ',
    '*x',
    '!t ',
    '---\n',
    '...\n',
    '%Y',
    '\\',
    '\t',
    '\r\n',
    '1',
    '.inf',
    '<<',
    'x',
    'é😀',
    '(',
    ')',
    '\0',
    '@',
    '`',
  ];

  it('stand inside the file, and nothing throws, whatever the text', () => {
    const anything = fc.oneof(
      fc.array(fc.constantFrom(...fragments), { maxLength: 30 }).map((parts) => parts.join('')),
      fc.string({ unit: 'grapheme', maxLength: 40 }),
    );
    fc.assert(
      fc.property(anything, (text) => {
        const lines = new Lines(text);
        const { value, problems } = parseYaml(text, 'f');
        if (value) inside(lines, value);
        expect(value !== undefined || problems.length > 0).toBe(true);
        for (const { place } of problems) {
          if (!place) throw new Error('a problem has no place');
          inside(lines, { kind: 'list', items: [], place });
        }
      }),
      { numRuns: 300, seed: 11 },
    );
  });

  it('stand inside a real pipeline that somebody mistyped', () => {
    const good =
      'dag: t\nparams:\n  fdr: { type: number, default: 0.05 }\nstages:\n  raw:\n    expect:\n      - rows(bars) > 0\n    doc: >\n      one\n      two\n';
    const mutation = fc.tuple(fc.nat(good.length), fc.nat(3), fc.constantFrom(...fragments));
    fc.assert(
      fc.property(mutation, ([at, cut, insert]) => {
        const text = good.slice(0, at) + insert + good.slice(at + cut);
        const { value, problems } = parseYaml(text, 'f');
        if (value) inside(new Lines(text), value);
        expect(problems.every((p) => p.place !== undefined)).toBe(true);
      }),
      { numRuns: 300, seed: 13 },
    );
  });
});
