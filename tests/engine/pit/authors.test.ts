import { describe, expect, it } from '@jest/globals';
import { readContract } from '../../../engine/frame/contract.js';
import { Frame } from '../../../engine/frame/frame.js';
import { textColumn } from '../../../engine/frame/text.js';
import { authorColumns, authoredRows } from '../../../engine/pit/authors.js';
import { knownBy } from '../../../engine/pit/differ.js';
import { Findings } from '../../../engine/pit/finding.js';
import { rareCuts } from '../../../engine/pit/rare.js';
import { stream } from '../../../engine/sdk/random.js';

/* A table whose rows are made by rules: which rule made a row is a column. */

const { contract } = readContract({
  contract: 'verdicts',
  columns: {
    ts: { type: 'time' },
    rule: { type: 'text' },
    by: { type: 'text' },
    side: { type: 'f64' },
  },
  sort: 'ts',
  available: { column: 'ts', plus: '0m' },
});
const specs = ['a', 'b', 'side'].map((id) => ({ kind: 'rule', id }));
const authors = authorColumns(contract, [...specs, { kind: 'side', id: 'x' }]);
const output = { port: 'verdicts', contract, columns: new Map(), window: false, authors };

/** Rows at 0, 1, 2, … of these rules, with these sides. */
function verdicts(rules: readonly string[], sides: readonly number[]): Frame {
  return Frame.of({
    ts: { dtype: 'time', values: Float64Array.from(rules, (_, i) => i) },
    rule: textColumn(rules),
    by: textColumn(rules.map(() => 'nobody')),
    side: Float64Array.from(sides),
  });
}

const RULES = ['a', 'b', 'a', 'b(a)', 'a'];

describe('rows that specs made', () => {
  it('are told by a text that has the name of their kind', () => {
    expect(authors).toEqual(['rule']);
    expect(authorColumns(contract, [{ kind: 'event', id: 'a' }])).toEqual([]);
    expect(authorColumns(undefined, specs)).toEqual([]);
  });

  it('count for every spec they name', () => {
    expect(authoredRows(verdicts(RULES, [1, 1, 1, 1, 1]), authors)).toEqual([
      { kind: 'rule', id: 'a', rows: 4 },
      { kind: 'rule', id: 'b', rows: 2 },
    ]);
  });

  it('differ for each author on its own, the first of each', () => {
    const base = verdicts(RULES, [1, 1, 1, 1, 1]);
    const other = verdicts(RULES, [-1, 1, -1, -1, -1]);
    const { cells, differences } = knownBy(output, base, other, 3);
    expect(cells).toBe(4 * 4);
    expect(differences.map(({ known, of }) => [known, of?.rule])).toEqual([
      [0, 'a'],
      [3, 'b(a)'],
    ]);
    const findings = new Findings({
      item: '',
      node: '',
      time: 'row',
      tables: [],
      outputs: [],
      run,
    });
    const given = { kind: 'given', frames: {} } as const;
    findings.note('removed', 'x', given, () => [{ cells, differences }]);
    findings.note('removed', 'x', given, () => [knownBy(output, base, other, 9)]);
    expect(findings.all.map(({ of }) => of?.rule)).toEqual(['a', 'b(a)']);
  });

  it('have the future taken away after those of rare authors as often as after those of others', () => {
    const rules = Array.from({ length: 400 }, (_, i) => (i === 123 ? 'b' : 'a'));
    const base = {
      verdicts: verdicts(
        rules,
        rules.map(() => 1),
      ),
    };
    const at = rareCuts([output], base, [], 8, stream([1, 2])).map((cut) => cut.at);
    expect(at).toContain(123);
  });
});

const run = () => Promise.resolve({ kind: 'given', frames: {} } as const);
