import { describe, expect, it } from '@jest/globals';
import { lookback } from '../../../engine/cli/reference/operators/lookback.js';
import { operatorSections } from '../../../engine/cli/reference/operators/page.js';
import { probe } from '../../../engine/cli/reference/operators/probe.js';
import { sampleTable } from '../../../engine/cli/reference/operators/sample.js';
import { unitRule } from '../../../engine/cli/reference/operators/units.js';
import { operators } from '../../../engine/expr/ops/index.js';
import { shipped } from '../expr/kit.js';

const composed = shipped();
const sections = operatorSections(composed);
const sectionOf = (name: string): string =>
  sections.find((text) => text.startsWith(`### ${name}\n`)) ?? '';

describe('the page of operators', () => {
  it('tells of each once', () => {
    const names = sections.flatMap((text) => /^### (.*)/.exec(text)?.[1] ?? []);
    expect([...names].sort()).toEqual([...operators.keys(), ...composed.keys()].sort());
  });

  it('says how far every example looks', () => {
    for (const name of [...operators.keys(), ...composed.keys()])
      expect(sectionOf(name)).toMatch(/\((?:finite|decaying|resetting|expanding)\)\./);
  });

  it('shows every case that is written out', () => {
    for (const name of operators.keys()) expect(sectionOf(name)).toContain('| row | 0 |');
  });

  it('has all that is declared of an operator', () => {
    expect(sectionOf('std').split('\n\n')).toEqual([
      '### std',
      '`std(x, window, min=, ddof=1)`',
      expect.stringContaining('Standard deviation'),
      expect.stringContaining('√'),
      [
        '| argument | is | default | bounds |',
        '| --- | --- | --- | --- |',
        '| `x` | series of numbers |  |  |',
        '| `window` | rows, a duration or `all` |  | ≥ 2 |',
        '| `min` | rows, a duration or `all` | `window` | ≥ 1 |',
        '| `ddof` | integer | `1` | 0 … 1 |',
      ].join('\n'),
      'Gives a number in the unit of `x`.',
      '`std(logret_1, 96, min=72)` looks back 95 rows, is known from row 71 on (finite).',
      expect.stringMatching(/^\*Welford/),
      expect.stringMatching(/^\| row \| 0 \| 1 \|/),
    ]);
  });
});

describe('how far a formula looks', () => {
  const rows: readonly (readonly [call: string, words: string])[] = [
    ['abs(x)', 'looks at its own row alone (finite)'],
    ['lag(x, 1)', 'looks back 1 row, is known from row 1 on (finite)'],
    ['zscore(x, 288, min=72)', 'looks back 287 rows, is known from row 71 on (finite)'],
    [
      'ema(lag(c, 2), alpha=0.5)',
      'forgets all but 1e-12 of what lies 43 rows back, is known from row 2 on; of rows that can be missing it counts the known ones (decaying)',
    ],
    ['latch(x > 1, x < 0)', 'remembers what has been since its last reset (resetting)'],
    ['mean(x, all, min=2)', 'rests on all rows so far, is known from row 1 on (expanding)'],
    ['ahead(x, 12)', 'looks 12 rows ahead (finite)'],
    [
      'xs_mean(lag(x, 3))',
      'looks across all symbols in one row, looks back 3 rows, is known from row 3 on (finite)',
    ],
    ['asof(funding.rate, within=9h)', 'looks back 96 rows, is known from row 96 on (finite)'],
    ['asof(mean(funding.rate, 2))', 'looks back 192 rows, is known from row 192 on (finite)'],
    [
      "if(rises(c) and name == 'up', x, benchmark.x)",
      'looks back 1 row, is known from row 1 on (finite)',
    ],
  ];
  it.each(rows)('%s', (call, words) => {
    const probed = probe(call, composed);
    expect(probed && lookback(probed.facts)).toBe(words);
  });
});

describe('units in words', () => {
  const rows: readonly (readonly [operator: string, gives: string, asks?: string])[] = [
    ['mean', 'the unit of `x`'],
    ['var', 'the unit of `x`^2'],
    ['sqrt', 'the unit of √`x`'],
    ['cov', 'the unit of `x` · `y`'],
    ['/', 'the unit of `x` / `y`'],
    ['corr', 'a pure number'],
    ['minutes_since', 'minutes'],
    ['+', 'their unit', 'the units of `x` and `y` must agree'],
    ['<', 'a pure number', 'the units of `x` and `y` must agree'],
    ['if', 'their unit', 'the units of `a` and `b` must agree'],
    ['exp', 'a pure number', '`x` must be one'],
  ];
  for (const [name, gives, asks] of rows)
    it(name, () => {
      const op = operators.get(name);
      const node = op && probe(op.example, composed, name)?.node;
      expect(op && node && unitRule(op, node.constants)).toEqual({ gives, asks });
    });
});

describe('a case as a table', () => {
  it('has a column a row, missing as a dash, and what stands beside it', () => {
    const text = sampleTable({
      call: 'asof(t.x)',
      rows: { c: [true, null] },
      tables: { t: { minute: [5], x: [1 / 3] } },
      gives: [null, 1 / 3],
    });
    expect(text.split('\n')).toEqual([
      '| row | 0 | 1 |',
      '| --- | --: | --: |',
      '| `c` | true | – |',
      '| `asof(t.x)` | – | 0.33333 |',
      '',
      '| of the table `t` |  |',
      '| --- | --: |',
      '| `minute` | 5 |',
      '| `x` | 0.33333 |',
    ]);
  });
});
