import { describe, expect, it } from '@jest/globals';
import { type Composed, loadComposed } from '../../../engine/expr/composed.js';
import { operators } from '../../../engine/expr/ops/index.js';
import { compile, evaluate } from '../../../engine/expr/program.js';
import { Frame } from '../../../engine/frame/frame.js';
import { parseYaml } from '../../../engine/yaml/parse.js';
import { bars, barTable, definition, listsOf } from './kit.js';

/** Formula files by their text. */
function load(...texts: readonly string[]) {
  const sources = texts.map((text, i) => {
    const file = `${i}.yaml`;
    const { value, problems } = parseYaml(text, file);
    if (value === undefined) throw new Error(problems.map((p) => p.message).join('\n'));
    return { file, value };
  });
  return loadComposed(sources, new Set(operators.keys()));
}

function run(text: string, composed: ReadonlyMap<string, Composed>) {
  const self = Frame.of({ x: [1, 2, 4], n: [10, 20, 30] });
  const { program, problems } = compile(
    [definition('out', text)],
    { self: barTable(['x', 'n']) },
    { admit: 'feature', composed },
  );
  if (problems.length > 0) return problems.map((p) => `${p.code}@${p.place?.col}`);
  const ts = { dtype: 'time' as const, values: bars(3) };
  return listsOf(evaluate(program, { self: self.with('ts', ts) })).out;
}

/** `expr` may call any of `args`, all of which are series. */
const formula = (name: string, expr: string, ...args: readonly string[]): string =>
  [
    `formula: ${name}`,
    ...(args.length > 0 ? ['args:', ...args.map((a) => `  ${a}: {}`)] : []),
    `expr: ${expr}`,
  ].join('\n');

describe('composed operators', () => {
  it('see their arguments, then the columns of the item', () => {
    const { composed, problems } = load(
      formula('twice', 'x * 2', 'x'),
      formula('beside', 'a + n', 'a'),
      'formula: spread\nargs:\n  a: {}\n  b: { default: a * 2 }\nlet:\n  gap: b - a\nexpr: gap * gap',
    );
    expect(problems).toEqual([]);
    expect(run('twice(n)', composed)).toEqual([20, 40, 60]);
    expect(run('beside(x * 0)', composed)).toEqual([10, 20, 30]);
    expect(run('spread(x)', composed)).toEqual([1, 4, 16]);
    expect(run('spread(x, b=n)', composed)).toEqual([81, 324, 676]);
    expect(run('spread(b=1, a=twice(twice(x)))', composed)).toEqual([9, 49, 225]);
  });

  const wrong: readonly (readonly [name: string, texts: readonly string[], code: string])[] = [
    ['without a name', ['title: x\nexpr: 1'], 'formula/name'],
    ['with a name that is none', ['formula: Big Name\nexpr: 1'], 'formula/name'],
    ['without an expression', ['formula: a'], 'formula/no-expr'],
    ['twice', [formula('a', '1'), formula('a', '2')], 'formula/twice'],
    ['called like a primitive', [formula('mean', 'x', 'x')], 'formula/hides'],
    ['with an unknown kind', ['formula: a\nargs:\n  x: { kind: row }\nexpr: x'], 'formula/kind'],
    ['that does not parse', [formula('a', 'x +', 'x')], 'expr/expected'],
    ['that calls itself', [formula('a', 'a(x)', 'x')], 'formula/recursion'],
    [
      'that calls itself by way of another',
      [formula('a', 'b(x)', 'x'), formula('b', 'c(x)', 'x'), formula('c', 'a(x)', 'x')],
      'formula/recursion',
    ],
  ];
  for (const [name, texts, code] of wrong)
    it(`are refused ${name}`, () => {
      const { problems } = load(...texts);
      expect(problems.map((p) => p.code)).toContain(code);
      expect(problems.every((p) => p.place !== undefined)).toBe(true);
    });

  it('with a kind that is no text are told so, once', () => {
    const { problems } = load('formula: a\nargs:\n  x: { kind: 1.5 }\nexpr: x');
    expect(problems.map((p) => p.code)).toHaveLength(1);
    expect(problems[0]?.message).not.toContain('undefined');
  });

  it('name the whole circle', () => {
    const { problems } = load(formula('a', 'b(x)', 'x'), formula('b', 'a(x)', 'x'));
    expect(problems.map((p) => p.facts.path)).toEqual(['a → b → a', 'b → a → b']);
  });

  it('that branch at each of 60 steps are read, and expanded so far as that is bearable', () => {
    const steps = Array.from({ length: 60 }, (_, i) =>
      formula(`s${i}`, i === 0 ? 'x + 1' : `s${i - 1}(x) / 2 + s${i - 1}(x) / 2`, 'x'),
    );
    const { composed, problems } = load(...steps);
    expect(problems).toEqual([]);
    expect(run('s10(x)', composed)).toEqual([2, 3, 5]);
    expect(run('s25(x)', composed)).toEqual(['expr/composed-many@1']);
    expect(run('s59(x)', composed)).toEqual(['expr/composed-depth@1']);
  });

  it('with clauses in a circle are refused where they are called', () => {
    const { composed } = load('formula: a\nargs:\n  v: {}\nlet:\n  p: q + v\n  q: p + v\nexpr: p');
    expect(run('1 + a(x)', composed)).toEqual(['expr/unknown-name@5']);
  });
});
