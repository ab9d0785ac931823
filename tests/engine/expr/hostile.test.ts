import { describe, expect, it } from '@jest/globals';
import { parseFormula } from '../../../engine/expr/parse.js';
import type { TableFacts } from '../../../engine/expr/program.js';
import { barTable, column, compileAll, locate } from './kit.js';

const funding: TableFacts = {
  clock: 'funding',
  nominal: 28_800_000,
  within: 86_400_000,
  columns: new Map([
    ['ts', column('time')],
    ['rate', column('f64', { delay: 60_000 })],
  ]),
};
const tables = {
  self: barTable(['x', 'y'], { c: column('bool'), name: column('text') }),
  funding,
};

/** Every problem as `code@column`; a formula that does not parse has one. */
function told(text: string): readonly string[] {
  const { tree, problems } = parseFormula(text, locate);
  const found = tree === undefined ? problems : compileAll({ out: text }, tables).problems;
  return found.map((p) => `${p.severity === 'error' ? '' : '~'}${p.code}@${p.place?.col}`);
}

function table(name: string, cases: readonly (readonly [text: string, told: string])[]): void {
  describe(name, () => {
    for (const [text, expected] of cases) {
      const short = text.length > 40 ? `${text.slice(0, 40)}… (${text.length})` : text;
      it(JSON.stringify(short), () => expect(told(text).join(' ')).toBe(expected));
    }
  });
}

table('texts made to break the parser', [
  [`${'('.repeat(10_000)}x${')'.repeat(10_000)}`, 'expr/too-long@1'],
  [`${'('.repeat(5_000)}x${')'.repeat(5_000)}`, 'expr/too-deep@101'],
  ['x'.repeat(1 << 20), 'expr/too-long@1'],
  [`x${'+x'.repeat(8_000)}`, 'expr/too-deep@1'],
  [`${'abs('.repeat(3_000)}x`, 'expr/too-deep@401'],
  ['['.repeat(5_000), 'expr/too-deep@101'],
  [`x${'^2'.repeat(4_000)}`, 'expr/too-deep@201'],
  ['-'.repeat(16_000), 'expr/expected@16001'],
  ['\0', 'expr/character@1'],
  ['\ud800', 'expr/character@1'],
  ['x \u202e + y', 'expr/character@3'],
  ['x\u200b+ y', 'expr/character@2'],
  ['х + 1', 'expr/character@1'],
  ['x − 1', 'expr/character@3'],
  ['x + １', 'expr/character@5'],
  ['x ** 2', 'expr/expected@4'],
  ['x = y', 'expr/expected@3'],
  ['x[1]', 'expr/expected@2'],
  ['x.y.z', 'expr/expected@4'],
  ['x ? 1 : 2', 'expr/character@3'],
  ['x < y < 3', 'expr/chained@7'],
  ['mean(,)', 'expr/expected@6'],
  ['mean(x,)', 'expr/expected@8'],
  ['mean(window=3, x)', 'expr/positional-after-named@16'],
]);

table('ways to the host', [
  ['__proto__', 'expr/forbidden-name@1'],
  ['x.constructor', 'expr/forbidden-name@3'],
  ['constructor(x)', 'expr/forbidden-name@1'],
  ['mean(x, __proto__=3)', 'expr/forbidden-name@9'],
  ['x in [prototype]', 'expr/forbidden-name@7'],
  ['toString', 'expr/unknown-name@1'],
  ['valueOf.x', 'expr/unknown-table@1'],
  ['hasOwnProperty(x)', 'expr/unknown-operator@1'],
  ['mean(x, 3, toString=3)', 'expr/unknown-argument@12'],
  ['arrives(toString)', 'expr/unknown-table@9'],
  ['$ {x}', 'expr/character@1'],
]);

table('numbers that are none', [
  ['1e999', 'expr/number@1'],
  ['1e-999', 'expr/number@1'],
  ['0x10', 'expr/number@1'],
  ['1 / 0', 'expr/argument@1'],
  ['x / 0', 'expr/argument@1'],
  ['x / -0', 'expr/argument@1'],
  ['x / (3 - 3)', 'expr/argument@1'],
  ['x > 0 / 0', 'expr/argument@5'],
  ['log(0)', 'expr/no-value@1'],
  ['x > sqrt(-1)', 'expr/no-value@5'],
  ['1e308 * 10 * x', 'expr/no-value@1'],
  ['2 ^ 1024', 'expr/no-value@1'],
  ['(-8) ^ (1 / 3)', 'expr/no-value@1'],
  ['exp(1000) + log(-1)', 'expr/no-value@1 expr/no-value@13'],
  ['NaN', 'expr/unknown-name@1'],
  ['clip(x, 3, 1)', 'expr/argument@1'],
  ['x == missing', '~expr/compares-missing@1'],
  ['if(x > missing, 1, 2)', '~expr/compares-missing@1'],
  ['missing + 1', ''],
  ['coalesce(x, missing, 0)', ''],
  ['0 ^ 0', ''],
]);

table('arguments', [
  ['mean()', 'expr/argument-missing@1 expr/argument-missing@1'],
  ['mean(x, 3, 3, 3)', 'expr/too-many-arguments@15'],
  ['mean(x, 3, window=3)', 'expr/argument-twice@12'],
  ['mean(x, window=3, window=4)', 'expr/argument-twice@19'],
  [`max(${'x, '.repeat(64)}x)`, 'expr/too-many-arguments@197'],
  ['hour(x)', 'expr/too-many-arguments@6'],
  ['mean', 'expr/needs-arguments@1'],
  ['x(1)', 'expr/unknown-operator@1'],
  ['nope + nada', 'expr/unknown-name@1 expr/unknown-name@8'],
  ['mean(nope, 0)', 'expr/unknown-name@6'],
  ['x in [1, y]', 'expr/constant-expected@10'],
  ['x in [[1]]', 'expr/list-here@7'],
  ["name in ['a', 1]", 'expr/constant-expected@9'],
  ['x ^ y', 'expr/constant-expected@5'],
  ['at(x, 1.5)', 'expr/argument@1'],
]);

table('windows', [
  ['mean(x, 0)', 'expr/out-of-range@9'],
  ['mean(x, -3)', 'expr/out-of-range@9'],
  ['mean(x, 1.5)', 'expr/not-whole-rows@9'],
  ['mean(x, 7m)', 'expr/not-whole-rows@9'],
  ['mean(x, 1e9)', 'expr/out-of-range@9'],
  ['mean(x, 1e308)', 'expr/out-of-range@9'],
  ['mean(x, 1mo)', 'expr/no-fixed-length@9'],
  ['mean(x, x)', 'expr/constant-expected@9'],
  ['mean(x, missing)', 'expr/constant-expected@9'],
  ["mean(x, '3')", 'expr/constant-expected@9'],
  ['mean(x, 3, min=4)', 'expr/argument@1'],
  ['mean(x, 3, min=all)', 'expr/argument@1'],
  ['mean(x, all, min=all)', ''],
  ['lag(x, -1)', 'expr/out-of-range@8'],
  ['lag(x, 1e308)', 'expr/out-of-range@8'],
  ['ahead(x, 1e300)', 'expr/out-of-range@10'],
  ['ema(x, span=1e308)', 'expr/argument@1'],
  ['ema(x, alpha=1e-300)', 'expr/argument@1'],
  ['ema(x, alpha=0)', 'expr/argument@1'],
  ['quantile(x, 1.5, 3)', 'expr/out-of-range@13'],
  ['cooldown(c, 0)', 'expr/out-of-range@13'],
  ['resample(x, 7m, last)', 'expr/argument@1'],
  ['resample(x, -1h, last)', 'expr/out-of-range@13'],
  ['resample(x, 1e300d, last)', 'expr/out-of-range@13'],
  // In a composed operator the call is what is wrong, and it is told once.
  ['zscore(x, 0)', 'expr/out-of-range@11'],
  ['rsi(x, 0)', 'expr/out-of-range@8'],
  ['y + holds(c, 0)', 'expr/out-of-range@14'],
  ['diff(x, -1)', 'expr/out-of-range@9'],
]);

table('types, units and clocks', [
  ['c + 1', 'expr/type@1'],
  ['c * c', 'expr/type@1 expr/type@5'],
  ['not x', 'expr/type@5'],
  ['x and c', 'expr/type@1'],
  ['c < true', 'expr/type@1 expr/type@5'],
  ['c == 1', 'expr/types@1'],
  ["if(c, x, 'a')", 'expr/types@1'],
  ['sum(c, 3)', 'expr/type@5'],
  ['rises(x)', 'expr/type@1'],
  ['x + 5m', 'expr/units@1'],
  ['x + funding.rate', 'expr/clocks@1'],
  ['if(c, funding.rate, 0)', 'expr/clocks@1'],
  ['x > lag(funding.rate, 1)', 'expr/clocks@1'],
  ['mean(funding.rate, 8h)', 'expr/constant-expected@20'],
  ['asof(x)', 'expr/argument@1'],
  ['asof(funding.rate, within=3)', 'expr/constant-expected@27'],
  ['asof(funding.rate, within=-1h)', 'expr/out-of-range@27'],
  ['arrives(self)', 'expr/argument@1'],
  ['funding', 'expr/table-bare@1'],
  ['out + 1', 'expr/cycle@1'],
]);

describe('what is said', () => {
  const hint = (text: string): string | undefined => {
    const { tree, problems } = parseFormula(text, locate);
    return (tree === undefined ? problems : compileAll({ out: text }, tables).problems)[0]?.hint;
  };
  it('a look-alike is told by its number', () => expect(hint('x − 1')).toMatch(/U\+2212/));
  it('habits from elsewhere are answered', () => {
    expect(hint('x ** 2')).toMatch(/x \^ 2/);
    expect(hint('x = y')).toMatch(/==/);
    expect(hint('x[1]')).toMatch(/lag\(x, 1\)/);
    expect(hint('x ? 1 : 2')).toMatch(/if\(c, a, b\)/);
  });
  it('a composed operator is shown with its arguments', () =>
    expect(hint('zscore(name, 5)')).toMatch(/^zscore\(x, n, /));
  it('a length of time is told as one', () => {
    const [problem] = compileAll({ out: 'asof(funding.rate, within=-90m)' }, tables).problems;
    expect(problem?.message).toMatch(/is -90m; it must be at least 0/);
  });
});
