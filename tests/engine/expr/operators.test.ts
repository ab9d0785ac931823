import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { families, operators } from '../../../engine/expr/ops/index.js';
import { parseFormula } from '../../../engine/expr/parse.js';
import { compile, type Definition } from '../../../engine/expr/program.js';
import { column, definition, shipped } from './kit.js';
import { FEATURES, tables } from './market.js';
import { agrees, workedOut } from './worked.js';

const OPS = fileURLToPath(new URL('../../../engine/expr/ops/', import.meta.url));

/** How the signs are called. */
const WORDS: Readonly<Record<string, string>> = {
  '+': 'add',
  '-': 'subtract',
  '*': 'multiply',
  '/': 'divide',
  '^': 'power',
  '<': 'less',
  '<=': 'less_or_equal',
  '>': 'greater',
  '>=': 'greater_or_equal',
  '==': 'equal',
  '!=': 'not_equal',
};

/** Features, and an event. */
const features = Object.entries({ ...FEATURES, VOL_SPIKE: 'rises(rv_z >= 2)' }).map(([id, text]) =>
  definition(id, text),
);

/** A formula in a file of its operator's name. */
function example(name: string, text: string): Definition {
  const place = { file: name, line: 1, col: 1, length: text.length };
  const { tree, problems } = parseFormula(text, () => place);
  if (tree === undefined) throw new Error(problems.map((p) => p.message).join('\n'));
  return { id: `example of ${name}`, tree, place };
}

/** The tables of the market, and a schedule. */
const MARKET = {
  ...tables,
  news: {
    clock: 'news',
    nominal: 3_600_000,
    columns: new Map([
      ['ts', column('time')],
      ['importance', column('text')],
    ]),
  },
};

/*
 * Every operator carries examples worked by hand. Those that no hand can work were made with: Python's fractions for skew,
 * kurtosis and var; tables of the normal distribution for normal_cdf and normal_quantile; `math` for exp and log.
 */
for (const { title, operators: members } of families)
  describe(title, () => {
    for (const op of members)
      for (const one of op.cases)
        it(`${op.name}: ${one.call}`, () => {
          const found = workedOut(one);
          if (!agrees(found, one)) expect(found).toEqual(one.gives);
        });
  });

describe('every operator', () => {
  const all = [...operators.values()];

  it('has a formula and a case', () => {
    const bare = all.filter((op) => op.formula === '' || op.cases.length === 0);
    expect(bare.map((op) => op.name)).toEqual([]);
  });

  it('says what it gives in sentences', () => {
    expect(all.filter(({ doc }) => !/^\S.*\.$/.test(doc)).map((op) => op.name)).toEqual([]);
  });

  it('has an example that compiles', () => {
    const examples = all.map((op) => example(op.name, op.example));
    // Targets may do all that features may.
    const { problems } = compile([...features, ...examples], MARKET, {
      admit: 'target',
      composed: shipped(),
    });
    expect(problems.map((p) => `${p.place?.file}: ${p.message}`)).toEqual([]);
  });
});

describe('files of operators', () => {
  for (const { name, operators: members } of families)
    it(`${name}: one a file, which has its name`, () => {
      const folder = join(OPS, name);
      const files = readdirSync(folder)
        .filter((file) =>
          /^export const \w+ = defineOp\(/m.test(readFileSync(join(folder, file), 'utf8')),
        )
        .map((file) => file.replace(/\.ts$/, ''));
      expect(files.sort()).toEqual(members.map((op) => WORDS[op.name] ?? op.name).sort());
    });
});
