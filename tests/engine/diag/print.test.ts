import { describe, expect, it } from '@jest/globals';
import type { Diagnostic } from '../../../engine/diag/diagnostic.js';
import { toJson } from '../../../engine/diag/json.js';
import { printDiagnostics } from '../../../engine/diag/print.js';

const place = (line: number, col: number, length: number, file = 'dags/t.yaml') => ({
  file,
  line,
  col,
  length,
});

function problem(more: Partial<Diagnostic>): Diagnostic {
  return { code: 'graph/x', severity: 'error', message: 'It is so.', facts: {}, ...more };
}

const print = (text: string, ...problems: readonly Diagnostic[]) =>
  printDiagnostics(problems, (file) => (file === 'dags/t.yaml' ? text : undefined), {
    color: false,
  });

/** Excerpt and marks alone. */
const excerpt = (text: string, line: number, col: number, length: number) =>
  print(text, problem({ place: place(line, col, length) }))
    .split('\n')
    .slice(2, -1);

describe('printDiagnostics', () => {
  it('prints what the style guide shows', () => {
    const text = `${'\n'.repeat(32)}  fold: flods.folds\n`;
    const unknown = problem({
      code: 'graph/unknown-stage',
      message: 'No stage is called "flods".',
      place: place(33, 9, 5),
      hint: 'did you mean "folds" (line 75)?',
    });
    expect(print(text, unknown)).toBe(`dags/t.yaml:33:9  graph/unknown-stage
  No stage is called "flods".
    33 |   fold: flods.folds
       |         ~~~~~
  hint: did you mean "folds" (line 75)?
`);
  });

  it('prints related places, warnings, problems without a place, and files without a text', () => {
    const text = 'a: 1\nb: 2\na: 3\n';
    expect(
      print(
        text,
        problem({
          place: place(3, 1, 1),
          related: [
            { message: 'it stands here first', place: place(1, 1, 1) },
            { message: 'and elsewhere', place: place(7, 2, 1, 'spec/y.yaml') },
          ],
          hint: 'remove one of them',
        }),
        problem({ severity: 'warning', place: place(2, 4, 1) }),
        problem({ message: 'First line.\nSecond line.', hint: 'do this\nthen that' }),
        problem({ place: place(99, 1, 1) }),
      ),
    ).toBe(`dags/t.yaml:3:1  graph/x
  It is so.
    3 | a: 3
      | ~
  hint: remove one of them
  dags/t.yaml:1:1  it stands here first
    1 | a: 1
      | ~
  spec/y.yaml:7:2  and elsewhere

dags/t.yaml:2:4  graph/x (warning)
  It is so.
    2 | b: 2
      |    ~

graph/x
  First line.
  Second line.
  hint: do this
        then that

dags/t.yaml:99:1  graph/x
  It is so.
`);
  });

  it('colours place, code, marks and hint', () => {
    const d = problem({ place: place(1, 4, 1), hint: 'h' });
    expect(printDiagnostics([d], () => 'a: 1', { color: true })).toBe(
      '\x1b[1mdags/t.yaml:1:4\x1b[0m  \x1b[31mgraph/x\x1b[0m\n  It is so.\n' +
        '    \x1b[2m1 |\x1b[0m a: 1\n    \x1b[2m  |\x1b[0m    \x1b[31m~\x1b[0m\n  \x1b[36mhint:\x1b[0m h\n',
    );
  });

  it('prints nothing for no problems', () => {
    expect(print('')).toBe('');
  });

  it('cannot be made to steer the terminal', () => {
    const evil = '\x1b[2J\x07\u202e\u0085\u2028';
    const out = print(
      `a: ${evil}`,
      problem({
        message: evil,
        hint: evil,
        place: place(1, 4, 1),
        related: [{ message: evil, place: place(1, 1, 1, evil) }],
      }),
    );
    expect(out).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}]/u);
    expect(out).toContain('␛[2J␇\\u{202e}\\u{85}\\u{2028}');
  });
});

describe('excerpts', () => {
  it.each<[string, string, readonly [number, number, number], readonly string[]]>([
    ['a tab is one column', '\ta:\tb', [1, 5, 1], ['    1 | →a:→b', '      |     ~']],
    ['an escape code is visible', 'a\x1b[31mb', [1, 7, 1], ['    1 | a␛[31mb', '      |       ~']],
    [
      'wide characters take two columns',
      '日本: é',
      [1, 5, 1],
      ['    1 | 日本: é', '      |       ~'],
    ],
    [
      'a marked wide character has two marks',
      '日本: x',
      [1, 2, 1],
      ['    1 | 日本: x', '      |   ~~'],
    ],
    ['a picture takes two columns', '"😀": x', [1, 7, 1], ['    1 | "😀": x', '      |       ~']],
    ['half of a pair marks it whole', '"😀": x', [1, 3, 1], ['    1 | "😀": x', '      |  ~~']],
    [
      'combining marks take no column',
      'e\u0301: x',
      [1, 5, 1],
      ['    1 | e\u0301: x', '      |    ~'],
    ],
    [
      'text direction is visible',
      'a\u202eb: x',
      [1, 3, 1],
      ['    1 | a\\u{202e}b: x', '      |          ~'],
    ],
    ['behind the end of the line', 'a: [', [1, 5, 1], ['    1 | a: [', '      |     ~']],
    ['an empty line', 'a:\n\nb', [2, 1, 1], ['    2 |', '      | ~']],
    ['marks end with the line', 'a: b', [1, 4, 99], ['    1 | a: b', '      |    ~']],
    ['Windows line ends', 'a: 1\r\nb: 2\r\n', [1, 4, 9], ['    1 | a: 1', '      |    ~']],
    ['a last line without an end', 'a\nb', [2, 1, 1], ['    2 | b', '      | ~']],
  ])('%s', (_name, text, [line, col, length], expected) => {
    expect(excerpt(text, line, col, length)).toEqual(expected);
  });

  const long = `${'x'.repeat(500)}HERE${'y'.repeat(500)}`;

  it.each<[string, string, number, number]>([
    ['in the middle', long, 501, 4],
    ['at the start', long.slice(500), 1, 4],
    ['at the end', long.slice(0, 504), 501, 4],
    ['of wide characters', `${'日'.repeat(300)}HERE${'本'.repeat(300)}`, 301, 4],
  ])('cut a long line around the mark: %s', (_name, text, col, length) => {
    const [line = '', marks = ''] = excerpt(text, 1, col, length);
    const wide = (s: string) => [...s].reduce((n, c) => n + (c > '\u2fff' ? 2 : 1), 0);
    expect(wide(line)).toBeLessThanOrEqual(8 + 96);
    const at = wide(line.slice(0, line.indexOf('HERE')));
    expect(marks.indexOf('~')).toBe(at);
    expect(marks.match(/~+$/)?.[0]).toBe('~~~~');
    expect(line).toContain('…');
  });

  it('cuts marks that are longer than the line may be', () => {
    const [line = '', marks = ''] = excerpt('x'.repeat(1000), 1, 200, 700);
    expect(line.length).toBeLessThanOrEqual(104);
    expect(marks.length).toBeLessThanOrEqual(104);
    expect(line.startsWith('    1 | …x') && line.endsWith('x…')).toBe(true);
  });

  it('a line of a megabyte is no trouble', () => {
    const [line = ''] = excerpt('x'.repeat(1 << 20), 1, 1 << 19, 3);
    expect(line.length).toBeLessThanOrEqual(104);
  });
});

describe('toJson', () => {
  it('keeps everything, as values JSON can hold', () => {
    const cyclic: Record<string, unknown> = {};
    cyclic.self = cyclic;
    const [d] = toJson([
      problem({
        place: place(1, 2, 3),
        facts: { a: NaN, b: 1n, c: undefined, d: [1, { e: 'x' }], f: null, cyclic },
      }),
    ]);
    expect(d).toMatchObject({
      code: 'graph/x',
      severity: 'error',
      message: 'It is so.',
      hint: null,
      related: [],
      place: { file: 'dags/t.yaml', line: 1, col: 2, length: 3 },
      facts: { a: 'NaN', b: '1', d: [1, { e: 'x' }], f: null },
    });
    expect(d?.facts).not.toHaveProperty('c');
    expect(() => JSON.stringify(d)).not.toThrow();
    expect(toJson([problem({})])[0]?.place).toBeNull();
  });
});
