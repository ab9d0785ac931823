import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CST, isScalar, parseDocument, visit } from 'yaml';
import { offsetsOf } from '../../../engine/yaml/offsets.js';

/** Every text of a document as the parser of `yaml` reads it, and as we rebuild it with places. */
function compare(text: string): number {
  const document = parseDocument(text, { keepSourceTokens: true, logLevel: 'silent' });
  if (document.errors.length > 0) return 0;
  let compared = 0;
  visit(document, {
    Scalar(_key, node) {
      const token = node.srcToken;
      if (!isScalar(node) || typeof node.value !== 'string' || token === undefined) return;
      if (!CST.isScalar(token)) throw new Error('A scalar has no text.');
      const { value, from, to, end } = offsetsOf(token);
      expect(value).toBe(node.value);
      expect([from.length, to.length]).toEqual([value.length, value.length]);
      const wrong = from.findIndex((at, i) => {
        const until = to[i] ?? -1;
        return at < (from[i - 1] ?? 0) || until < at || until > text.length;
      });
      expect(wrong).toBe(-1);
      expect(end).toBeLessThanOrEqual(text.length);
      compared++;
    },
  });
  return compared;
}

describe('the value rebuilt with offsets equals the value the parser gives', () => {
  const piece = (...more: readonly string[]) =>
    fc.array(
      fc.constantFrom(
        'x',
        'yz',
        ' ',
        '  ',
        '\n',
        '\n\n',
        '\n  ',
        '\r\n ',
        "''",
        'é😀',
        '\n    ',
        ...more,
      ),
      {
        maxLength: 12,
      },
    );
  const nested = (text: string, by: string) => text.replace(/\n/g, `\n${by}`);

  it.each<[string, readonly string[], (text: string) => string]>([
    ['plain', ['#', ':', '-'], (t) => `k: p${nested(t, ' ')}\n`],
    ['plain at the root', ['"', '\\'], (t) => `p${t}`],
    ['plain in brackets', ['('], (t) => `[p${nested(t, ' ')}, q]`],
    ['single', ['\t', '\t\n', '"', '\\'], (t) => `k: '${nested(t, ' ')}'\n`],
    [
      'double',
      [
        '\t',
        '\t\n',
        '\\"',
        '\\\\',
        '\\n',
        '\\\n',
        '\\\r\n',
        '\\x41',
        '\\u263a',
        '\\U0001F600',
        '\\ ',
        '\\t',
        '\\0',
        '\\_',
        '\\/',
      ],
      (t) => `k: "${nested(t, ' ')}"\n`,
    ],
    ['literal', ['\t'], (t) => `k: |\n  x${nested(t, '  ')}\n`],
    ['literal, not ended', ['\t'], (t) => `k: |\n  ${nested(t, '  ')}`],
    ['literal, kept', ['\t'], (t) => `k: |+\n  ${nested(t, '  ')}\nj: 1\n`],
    ['literal, stripped', ['\t'], (t) => `- |-\n ${nested(t, ' ')}\n- 1\n`],
    ['literal with an indentation sign', ['\t'], (t) => `k: |2\n  ${nested(t, '  ')}\n`],
    ['literal at the root', ['\t'], (t) => `|\n${t}`],
    ['folded', ['\t'], (t) => `k: >\n  x${nested(t, '  ')}\n`],
    ['folded, not ended', ['\t'], (t) => `k: > # why\n  ${nested(t, '  ')}`],
    ['folded, kept', ['\t'], (t) => `k: >+\n  ${nested(t, '  ')}\nj: 1\n`],
    ['folded, stripped, with a sign', ['\t'], (t) => `k:\n - j: >2-\n     ${nested(t, '     ')}\n`],
    ['folded, Windows', [], (t) => `k: >\r\n  x${t.replace(/\r?\n/g, '\r\n  ')}\r\n`],
  ])('%s', (_name, more, write) => {
    let compared = 0;
    fc.assert(
      fc.property(piece(...more), (parts) => {
        compared += compare(write(parts.join('')));
      }),
      { numRuns: 200, seed: 3 },
    );
    expect(compared).toBeGreaterThan(100);
  });

  it.each<[string, string]>([
    ['an empty block', 'a: |\nb: 1'],
    ['an empty block, kept', 'a: |+\n\n\nb: 1'],
    ['an empty block at the end', 'a: >'],
    ['a block of spaces', 'a: |+\n   \n   \n'],
    ['deeper spaces behind the text', 'a: |\n x\n   \n\n'],
    ['a break before the first word', "a: '\n\n x'"],
    ['a break after the last word', 'a: "x\n\n "'],
    ['empty quotes', 'a: \'\'\nb: ""'],
  ])('%s', (_name, text) => {
    expect(compare(text)).toBeGreaterThan(0);
  });

  it('takes linear time over long runs of spaces', () => {
    expect(compare(`a: "x${' '.repeat(200_000)}y"`)).toBe(2);
    expect(compare(`a: 'x${' '.repeat(200_000)}y'`)).toBe(2);
  });
});
