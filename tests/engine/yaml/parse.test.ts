import { describe, expect, it } from '@jest/globals';
import { MAX_BYTES, MAX_DEPTH } from '../../../engine/yaml/limits.js';
import { parseYaml } from '../../../engine/yaml/parse.js';
import { plain } from '../../../engine/yaml/read.js';

/** `code line:col+length` of every problem. */
function problems(text: string): readonly string[] {
  return parseYaml(text, 'f.yaml').problems.map(
    ({ code, place }) => `${code} ${place?.line}:${place?.col}+${place?.length}`,
  );
}

function data(text: string): unknown {
  const { value, problems: found } = parseYaml(text, 'f.yaml');
  expect(found).toEqual([]);
  return value && plain(value);
}

describe('values', () => {
  it.each<[string, string, unknown]>([
    ['a date stays text', 'a: 2024-01-01', { a: '2024-01-01' }],
    ['yes and no stay text', 'a: [yes, no, on, off, y]', { a: ['yes', 'no', 'on', 'off', 'y'] }],
    ['truth values', 'a: [true, False, TRUE]', { a: [true, false, true] }],
    ['nothing', 'a: [~, null]\nb:', { a: [null, null], b: null }],
    ['numbers', 'a: [1, -2, 0x1F, 0o17, 1e3, .5, 010]', { a: [1, -2, 31, 15, 1000, 0.5, 10] }],
    ['minus zero is zero', 'a: [-0, -0.0]', { a: [0, 0] }],
    ['a missing number', 'a: [.nan, .NaN]', { a: [NaN, NaN] }],
    ['the largest exact integer', 'a: 9007199254740991', { a: 9007199254740991 }],
    ['a large number with exponent', 'a: 1e20', { a: 1e20 }],
    ['a symbol that starts with digits', '1000PEPEUSDT: 1', { '1000PEPEUSDT': 1 }],
    ['a quoted number is a key', '"1": a', { '1': 'a' }],
    ['a quoted merge key is a key', '"<<": a', { '<<': 'a' }],
    ['a formula', 'a: x[1] & !y * {2} | z', { a: 'x[1] & !y * {2} | z' }],
    ['a leading document mark', '---\na: 1\n', { a: 1 }],
    ['brackets over lines', 'a: [\n  1,\n  2,\n]', { a: [1, 2] }],
    ['a pair in a list', 'a: [b: 1]', { a: [{ b: 1 }] }],
    ['a tab after a colon', 'a:\tb', { a: 'b' }],
    ['a tab in block text', 'a: |\n  x\n  \ty\n', { a: 'x\n\ty\n' }],
    ['a tab on an empty line', 'a: 1\n\t\nb: 2', { a: 1, b: 2 }],
    ['Windows line ends', 'a: 1\r\nb: |\r\n  x\r\n  y\r\n', { a: 1, b: 'x\ny\n' }],
    ['a surrogate pair by escapes', 'a: "\\ud83d\\ude00"', { a: '😀' }],
    [
      'names of methods are keys',
      'toString: 1\nhasOwnProperty: 2',
      { toString: 1, hasOwnProperty: 2 },
    ],
  ])('%s', (_name, text, expected) => {
    expect(data(text)).toEqual(expected);
  });

  it('keeps the order of the entries', () => {
    const { value } = parseYaml('b: 1\na: 2\n"10": 3\n"9": 4', 'f.yaml');
    expect(value?.kind === 'map' && value.entries.map((e) => e.key)).toEqual(['b', 'a', '10', '9']);
  });
});

describe('refuses', () => {
  it.each<[string, string, readonly string[]]>([
    ['a tag on a formula', 'expr: !far', ['yaml/tag 1:7+4']],
    ['a tag with text', 'a: !js/function x', ['yaml/tag 1:4+12']],
    ['a standard tag', 'a: !!str 5', ['yaml/tag 1:4+5']],
    ['a tag on a key', '!t a: 1', ['yaml/tag 1:1+2']],
    ['anchor and alias', 'a: &x 1\nb: *x', ['yaml/anchor 1:4+2', 'yaml/alias 2:4+2']],
    ['an anchor on a map', 'a: &x\n  b: 1', ['yaml/anchor 1:4+2']],
    ['a merge key', '<<: { a: 1 }', ['yaml/merge-key 1:1+2']],
    ['a directive', '%YAML 1.1\n---\na: yes', ['yaml/directive 1:1+9']],
    ['two documents', 'a: 1\n---\nb: 1', ['yaml/several-documents 2:1+3']],
    ['two documents, the first ended', 'a: 1\n...\nb: 1', ['yaml/several-documents 3:1+3']],
    ['a key twice', 'a: 1\nb: 2\na: 3', ['yaml/duplicate-key 3:1+1']],
    ['a key twice in brackets', '{ a: 1, "a": 3 }', ['yaml/duplicate-key 1:9+3']],
    ['a number as a key', '1: a', ['yaml/key-not-text 1:1+1']],
    ['a truth value as a key', 'true: a', ['yaml/key-not-text 1:1+4']],
    ['nothing as a key', 'null: a', ['yaml/key-not-text 1:1+4']],
    ['no key', ': a', ['yaml/key-not-text 1:1+1']],
    ['a map as a key', '? { a: 1 }\n: 2', ['yaml/key-not-text 1:3+8']],
    ['a list as a key', '[a]: 2', ['yaml/key-not-text 1:1+3']],
    ['__proto__', 'a:\n  __proto__: { b: 1 }', ['yaml/prototype-key 2:3+9']],
    ['constructor', 'constructor: 1', ['yaml/prototype-key 1:1+11']],
    ['prototype, quoted', '{ "prototype": 1 }', ['yaml/prototype-key 1:3+11']],
    ['infinity', 'a: [.inf, -.Inf]', ['yaml/infinite 1:5+4', 'yaml/infinite 1:11+5']],
    ['a number that overflows', 'a: 1e999', ['yaml/infinite 1:4+5']],
    ['an integer that is not exact', 'a: 9007199254740993', ['yaml/large-integer 1:4+16']],
    [
      'a hexadecimal integer that is not exact',
      'a: 0x20000000000001',
      ['yaml/large-integer 1:4+16'],
    ],
    ['half a pair by escape', 'a: "x\\ud800"', ['yaml/not-unicode 1:4+9']],
    ['half a pair', 'a: \ud800', ['yaml/control-character 1:4+1']],
    ['a NUL', 'a: \0', ['yaml/control-character 1:4+1']],
    ['an escape code', 'a: \x1b[31m', ['yaml/control-character 1:4+1']],
    [
      'a marker of the lexer',
      'a: b\n\x02\x18\x1f',
      [
        'yaml/control-character 2:1+1',
        'yaml/control-character 2:2+1',
        'yaml/control-character 2:3+1',
      ],
    ],
    ['a lone carriage return', 'a: 1\rb: 2', ['yaml/control-character 1:5+1']],
    ['a byte-order mark', '\ufeffa: 1', ['yaml/byte-order-mark 1:1+1']],
    ['a tab before a key', 'a:\n\tb: 1', ['yaml/tab 2:1+1']],
    ['a tab after spaces', 'a:\n  \tb: 1', ['yaml/tab 2:3+1']],
    ['a tab before a continued text', 'a: b\n \tc', ['yaml/tab 2:2+1']],
    ['a tab in brackets', 'a: [\n\t1]', ['yaml/tab 2:1+1']],
    ['a tab before a compact list', '-\t- a', ['yaml/tab 1:2+1']],
    ['an empty file', '', ['yaml/empty 1:1+1']],
    ['only comments', '# nothing\n\n', ['yaml/empty 1:1+1']],
    ['an empty document', '---\n', ['yaml/empty 1:1+1']],
    ['a formula split by a comma', 'a: { v: max(a, b) }', ['yaml/split-text 1:9+5']],
    ['a formula split in a list', 'a: [max(a, b)]', ['yaml/split-text 1:5+5']],
    ['a key without a value', '{ a: 1, b }', ['yaml/split-flow 1:9+1']],
    ['a colon without a space', '{a:1}', ['yaml/split-flow 1:2+3']],
    ['a text cut by a comment', 'a: f(x #b)', ['yaml/cut-text 1:4+3']],
    ['an open double quote', 'a: "b\nc: 1', ['yaml/unclosed-quote 1:4+1']],
    ['an open single quote', "- 'b", ['yaml/unclosed-quote 1:3+1']],
    ['an open bracket', 'a: [1, 2', ['yaml/syntax 1:9+1']],
    ['two keys on a line', 'doc: a: b', ['yaml/syntax 1:6+1']],
    ['a list inside a map', '- 1\na: 2', ['yaml/syntax 2:1+1']],
    ['a reserved character', 'a: @x', ['yaml/syntax 1:4+1']],
    ['an unknown escape', 'a: "\\q"', ['yaml/syntax 1:5+1']],
    ['mistakes on several lines', 'a: @x\nb: `y', ['yaml/syntax 1:4+1', 'yaml/syntax 2:4+1']],
  ])('%s', (_name, text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  it('gives no value when the text cannot be trusted, and the rest when one entry was refused', () => {
    expect(parseYaml('a: !x 1', 'f').value).toBeUndefined();
    expect(parseYaml('a: [', 'f').value).toBeUndefined();
    const { value } = parseYaml('a: 1\na: 2\nb: 3\nprototype: 4', 'f');
    expect(value && plain(value)).toEqual({ a: 1, b: 3 });
  });

  it('names the first of two equal keys', () => {
    const [problem] = parseYaml('a: 1\nb:\n  a: 1\n  a: 2', 'f').problems;
    expect(problem?.related?.[0]?.place).toEqual({ file: 'f', line: 3, col: 3, length: 1 });
    expect(problem?.facts).toEqual({ key: 'a' });
  });

  it('speaks plainly about syntax', () => {
    expect(parseYaml('doc: a: b', 'f').problems).toMatchObject([
      {
        message: 'A second ": " stands on the line of a key.',
        hint: 'quote a text that contains ": "',
        facts: { rule: 'BLOCK_AS_IMPLICIT_KEY' },
      },
    ]);
    expect(parseYaml('a: ]', 'f').problems[0]?.message).toBe(
      'Nothing is expected here, found "]".',
    );
    expect(parseYaml('a: {', 'f').problems[0]?.message).toBe('A "}" is missing.');
  });

  it('leaves no hole in a sentence and gives a hint for every refusal', () => {
    const texts = [
      'a: !b',
      'a: &b 1',
      '<<: 1',
      'a: .inf',
      'a: f(x #b)',
      '{a:1}',
      'a: "',
      '\ta: 1',
      'a: 1\na: 1',
      '1: 1',
    ];
    for (const problem of texts.flatMap((text) => parseYaml(text, 'f').problems)) {
      expect(problem.message).not.toMatch(/\{\w+\}/);
      expect(problem.hint).toBeTruthy();
    }
  });
});

describe('limits', () => {
  it.each<[string, string]>([
    ['lists in brackets', '['.repeat(100_000)],
    ['maps in brackets', '{ a: '.repeat(100_000)],
    ['lists in lines', '- '.repeat(100_000)],
    ['explicit keys', '? '.repeat(100_000)],
    ['keys made of brackets', `${'['.repeat(50_000)}${']: '.repeat(50_000)}`],
    [
      'maps by indentation',
      Array.from({ length: 1000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
    ],
  ])('refuses deep nesting: %s', (_name, text) => {
    expect(parseYaml(text, 'f').problems.map((p) => p.code)).toEqual(['yaml/too-deep']);
  });

  it('allows exactly the depth it names', () => {
    const nested = (n: number) => `${'['.repeat(n)}1${']'.repeat(n)}`;
    expect(problems(nested(MAX_DEPTH))).toEqual([]);
    expect(problems(nested(MAX_DEPTH + 1))).toEqual([`yaml/too-deep 1:${MAX_DEPTH + 1}+1`]);
  });

  it('allows exactly the size it names, in bytes', () => {
    const text = (n: number) => `a: "${'é'.repeat((n - 6) / 2)}"\n`;
    expect(problems(text(MAX_BYTES))).toEqual([]);
    expect(problems(text(MAX_BYTES + 2))).toEqual(['yaml/too-large 1:1+1']);
  });

  it('does not laugh a billion times', () => {
    const rows = ['a: &a [x, x]'];
    for (let i = 1; i < 30; i++) rows.push(`b${i}: &b${i} [*a, *a]`);
    const { value, problems: found } = parseYaml(rows.join('\n'), 'f');
    expect(value).toBeUndefined();
    expect(new Set(found.map((p) => p.code))).toEqual(new Set(['yaml/anchor', 'yaml/alias']));
  });

  it.each<[string, string]>([
    ['duplicate keys', 'a: 1\n'.repeat(500)],
    ['tags', '- !x 1\n'.repeat(500)],
    ['syntax errors', '- ]\n'.repeat(500)],
    ['control characters', '\0'.repeat(500)],
  ])('tells the first hundred of many problems: %s', (_name, text) => {
    const { problems: found } = parseYaml(text, 'f');
    expect(found).toHaveLength(101);
    expect(found.at(-1)?.code).toBe('yaml/more');
  });
});
