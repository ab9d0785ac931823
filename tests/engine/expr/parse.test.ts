import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bind } from '../../../engine/expr/bind.js';
import { MAX_DEPTH, parseFormula, printFormula } from '../../../engine/expr/parse.js';
import type { Tree } from '../../../engine/expr/tree.js';
import { locate, parse, refusals } from './kit.js';

const EMPTY = locate(0, 1);

describe('canonical text', () => {
  const cases: readonly (readonly [text: string, canonical: string])[] = [
    ['a+b*c', 'a + b * c'],
    ['(a+b)*c', '(a + b) * c'],
    ['a-(b-c)', 'a - (b - c)'],
    ['(a-b)-c', 'a - b - c'],
    ['-x^2', '-x ^ 2'],
    ['(-x)^2', '(-x) ^ 2'],
    ['2^-1', '2 ^ -1'],
    ['2^3^2', '2 ^ 3 ^ 2'],
    ['(2^3)^2', '(2 ^ 3) ^ 2'],
    ['not a and b or c', 'not a and b or c'],
    ['not (a and b)', 'not (a and b)'],
    ['not x>y', 'not x > y'],
    ['(a or b) and c', '(a or b) and c'],
    ['x in[0,8,-1]', 'x in [0, 8, -1]'],
    ["symbol=='it''s'", "symbol == 'it''s'"],
    ['f( x ,min=3 )', 'f(x, min=3)'],
    ['mean(x, 24h, min=1d)', 'mean(x, 24h, min=1d)'],
    ['1.50e-4 + .5', '0.00015 + 0.5'],
    ['1000PEPEUSDT.close / funding.rate', '1000PEPEUSDT.close / funding.rate'],
    ['a\n  + b', 'a + b'],
    ['if(missing, true, false)', 'if(missing, true, false)'],
  ];
  for (const [text, canonical] of cases)
    it(`${JSON.stringify(text)} is ${canonical}`, () => {
      expect(printFormula(parse(text))).toBe(canonical);
      expect(printFormula(parse(canonical))).toBe(canonical);
    });

  it('reads back as the same tree', () => {
    const leaf: fc.Arbitrary<Tree> = fc.oneof(
      fc
        .constantFrom('x', 'close', 'rv_96')
        .map((name): Tree => ({ kind: 'name', name, place: EMPTY })),
      fc.nat(500).map((n): Tree => ({ kind: 'number', value: n / 8, place: EMPTY })),
      fc.constantFrom<Tree>(
        { kind: 'missing', place: EMPTY },
        { kind: 'flag', value: true, place: EMPTY },
        { kind: 'text', value: "a 'b'", place: EMPTY },
        { kind: 'number', value: 24, unit: 'h', place: EMPTY },
        { kind: 'param', name: 'q', place: EMPTY },
        { kind: 'name', of: 'spot', name: 'close', place: EMPTY },
      ),
    );
    const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        leaf,
        fc
          .tuple(
            fc.constantFrom('+', '-', '*', '/', '^', 'and', 'or', '<', '==', 'in'),
            tie('tree'),
            tie('tree'),
          )
          .map(([op, left, right]): Tree => {
            const known =
              (['+', '-', '*', '/', '^', 'and', 'or', '<', '==', 'in'] as const).find(
                (o) => o === op,
              ) ?? '+';
            return { kind: 'binary', op: known, left, right, place: EMPTY };
          }),
        fc
          .tuple(fc.boolean(), tie('tree'))
          .map(
            ([minus, arg]): Tree => ({ kind: 'unary', op: minus ? '-' : 'not', arg, place: EMPTY }),
          ),
        fc.tuple(tie('tree'), tie('tree')).map(
          ([a, b]): Tree => ({
            kind: 'call',
            op: 'f',
            args: [a],
            named: [{ name: 'min', value: b, place: EMPTY }],
            place: EMPTY,
          }),
        ),
        fc
          .array(tie('tree'), { maxLength: 3 })
          .map((items): Tree => ({ kind: 'list', items, place: EMPTY })),
      ),
    }));
    fc.assert(
      fc.property(tree, (made) => {
        expect(bare(parse(printFormula(made)))).toEqual(bare(made));
      }),
      { numRuns: 200, seed: 3 },
    );
  });
});

/** A tree without its places. */
function bare(tree: Tree): unknown {
  return JSON.parse(JSON.stringify(tree, (key, value) => (key === 'place' ? undefined : value)));
}

describe('what cannot be read', () => {
  const cases: readonly (readonly [text: string, code: string, col: number])[] = [
    ['', 'expr/empty', 1],
    ['a +', 'expr/expected', 4],
    ['a b', 'expr/expected', 3],
    ['(a', 'expr/expected', 3],
    ['a < b < c', 'expr/chained', 7],
    ['a == b in [1]', 'expr/chained', 8],
    ['f(min=3, x)', 'expr/positional-after-named', 10],
    ['x && y', 'expr/character', 3],
    ['min: 3', 'expr/character', 4],
    ["x == 'open", 'expr/text', 6],
    ['12q', 'expr/number', 1],
    ['1e999', 'expr/number', 1],
    ['and', 'expr/expected', 1],
    ['constructor', 'expr/forbidden-name', 1],
    ['x.__proto__', 'expr/forbidden-name', 3],
    ['process.env', 'expr/forbidden-name', 1],
    [`${'('.repeat(101)}x${')'.repeat(101)}`, 'expr/too-deep', 101],
    [`x${' + x'.repeat(120)}`, 'expr/too-deep', 1],
    [`${'-'.repeat(120)}x`, 'expr/too-deep', 1],
    [`${'not '.repeat(120)}x`, 'expr/too-deep', 1],
    ['x'.repeat(20_000), 'expr/too-long', 1],
  ];
  for (const [text, code, col] of cases)
    it(`${text.length > 30 ? `${text.slice(0, 30)}…` : JSON.stringify(text)}: ${code}`, () => {
      const { tree, problems } = parseFormula(text, locate);
      expect(tree).toBeUndefined();
      expect(problems.map((p) => [p.code, p.place?.col])).toEqual([[code, col]]);
      expect(problems[0]?.message).not.toMatch(/\{\w+\}/);
    });

  it(`nests ${MAX_DEPTH - 1} deep`, () => {
    expect(parseFormula(`${'('.repeat(99)}x${')'.repeat(99)}`, locate).tree).toBeDefined();
  });

  it('never ends in anything but a tree or a diagnostic', () => {
    const piece = fc.constantFrom(
      'x',
      'y',
      'c',
      'mean',
      'lag',
      'ahead',
      'xs_mean',
      'if',
      '(',
      ')',
      '[',
      ']',
      ',',
      '=',
      '+',
      '-',
      '*',
      '/',
      '^',
      '<',
      '>=',
      '==',
      'in',
      'and',
      'or',
      'not',
      'missing',
      'all',
      '24h',
      '96',
      '0.5',
      "'a'",
      '$q',
      '.',
      'min=',
      'constructor',
      '__proto__',
      'toString',
      'hour',
      'rsi',
      'asof',
      '\u0000',
      '€',
      ' ',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(piece, { maxLength: 24 }).map((p) => p.join(' ')),
          fc.string({ unit: 'binary', maxLength: 40 }),
        ),
        (text) => {
          for (const problem of refusals(text)) expect(problem.code).toMatch(/^expr\/[a-z-]+$/);
        },
      ),
      { numRuns: 400, seed: 11 },
    );
  });

  it('reaches nothing of the host', () => {
    for (const text of [
      'toString',
      'valueOf(x)',
      'hasOwnProperty',
      'x.toString',
      'self.length',
      'globalThis',
      'Function(x)',
      "eval('1')",
      'this',
    ])
      expect(refusals(text).map((p) => p.severity)).toEqual(['error']);
  });
});

describe('binding', () => {
  const bound = (text: string, constants: Parameters<typeof bind>[1]) => {
    const codes: string[] = [];
    const tree = bind(parse(text), constants, (p) => codes.push(p.code));
    return codes.length > 0 ? codes : printFormula(tree);
  };
  const cases: readonly (readonly [
    text: string,
    constants: Parameters<typeof bind>[1],
    gives: string | readonly string[],
  ])[] = [
    ['mean(x, $window, min=ceil(0.75 * $window))', { window: 96 }, 'mean(x, 96, min=72)'],
    ['x > $floor', { floor: -2 }, 'x > -2'],
    ['$q ^ 2', { q: -2 }, '(-2) ^ 2'],
    ['hour in $hours', { hours: [0, 8] }, 'hour in [0, 8]'],
    ['mean(x, $w)', { w: '24h' }, 'mean(x, 24h)'],
    ['symbol == $s', { s: 'BTCUSDT' }, "symbol == 'BTCUSDT'"],
    ['if($f, x, $m)', { f: false, m: null }, 'if(false, x, missing)'],
    ['x / $zero + 1 / 0', { zero: 0 }, 'x / 0 + 1 / 0'],
    ['x > $flor', { floor: 1 }, ['expr/unknown-param']],
    ['x > $constructor', {}, ['expr/unknown-param']],
    ['x > $record', { record: { a: 1 } }, ['expr/param-type']],
  ];
  for (const [text, constants, gives] of cases)
    it(text, () => expect(bound(text, constants)).toEqual(gives));
});
