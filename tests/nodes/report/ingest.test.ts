import { describe, expect, it } from '@jest/globals';
import ingest from '../../../nodes/report/ingest.js';
import { demo } from '../../kit/markets.js';
import { runNode } from '../../kit/node.js';
import { START } from '../../kit/research.js';
import { qualityOf } from './tournament-kit.js';

const params = { market: demo, span: { from: '2024-01-01', to: '2024-02-29' } };
const file = (name: string, state: string, symbol = 'AAA', dataset = 'bars') => ({
  name,
  state,
  symbol,
  dataset,
  bytes: 1 << 20,
  from: '',
  sha256: '',
});
const files = {
  until: '2024-02-29',
  counts: { fetched: 1, kept: 1, replaced: 0, absent: 3, quarantined: 1 },
  files: [
    file('a/x-1.zip', 'fetched'),
    file('a/x-2.zip', 'kept'),
    file('b/y.zip', 'quarantined', 'BBB', 'funding'),
  ],
};

async function report(ins: Readonly<Record<string, unknown>>): Promise<readonly [string, string]> {
  const { outs } = await runNode(ingest, ins, params);
  const texts = [outs.text, outs.page].map((value) => {
    if (typeof value !== 'object' || value === null || !('bytes' in value)) return '';
    return ArrayBuffer.isView(value.bytes) ? Buffer.from(value.bytes.buffer).toString() : '';
  });
  return [texts[0] ?? '', texts[1] ?? ''];
}

/** Coverage of a symbol whose bars have these gaps, in rows of five minutes. */
function quality(symbol: string, gaps: readonly number[]) {
  const one = qualityOf(symbol, 3);
  const told = gaps.map((rows, i) => ({ from: START + i * 86_400_000, rows, step: 300_000 }));
  return { ...one, value: { ...one.value, bars: { ...one.value.bars, gaps: told } } };
}

describe('the report of an import', () => {
  it('tells coverage, gaps, and what became of files, as text and as a page', async () => {
    const both = await report({ quality: [quality('AAA', [1, 12]), quality('BBB', [2])], files });
    for (const text of both) {
      for (const word of ['Import of demo', 'AAA', 'BBB', 'Coverage of the data', 'Odd bars'])
        expect(text).toContain(word);
      expect(text).toContain('1 file has another checksum');
    }
    expect(both[0]).toContain('2 symbols, 2024-01-01 to 2024-02-29: 198 bars, and 2 missing');
    expect(both[0]).toMatch(/\| a +\| +2 \| +2\.0 \| +1 \| +1 \| +0 \| +0 \|/);
    expect(both[0]).toMatch(/\| b +\| +1 \| +1\.0 \| +0 \| +0 \| +0 \| +1 \|/);
    const gaps = both[0].slice(both[0].indexOf('The longest gaps'));
    const lengths = [...gaps.matchAll(/\| +(\d+) \| (\d+ min) \|/g)].map(([, n, t]) => [n, t]);
    expect(lengths).toEqual([
      ['12', '60 min'],
      ['2', '10 min'],
      ['1', '5 min'],
    ]);
  });

  it('begins with a row for every data set of every symbol', async () => {
    const [text] = await report({ quality: [quality('AAA', []), quality('BBB', [])], files });
    const titles = [...text.matchAll(/^## (.*)$/gm)].map(([, title]) => title);
    expect(titles).toEqual(['Overview', 'Files of the venue', 'Gaps and faults']);
    const overview = text.slice(text.indexOf('## Overview'), text.indexOf('## Files'));
    const cells = (line: string) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim());
    const [head = [], , ...rows] = overview
      .split('\n')
      .filter((l) => l.startsWith('|'))
      .map(cells);
    const at = ['Symbol', 'Data', 'Rows', 'Gaps', 'Rejected', 'Flagged', 'MiB'];
    expect(rows.map((row) => at.map((name) => row[head.indexOf(name)]))).toEqual([
      ['AAA', 'bars', '99', '1', '0', '9', '2.0'],
      ['AAA', 'funding', '3', '–', '0', '–', '–'],
      ['BBB', 'bars', '99', '1', '0', '9', '–'],
      ['BBB', 'funding', '3', '–', '0', '–', '1.0'],
    ]);
  });

  it('without gaps and without a download says nothing of either', async () => {
    const [text] = await report({ quality: [quality('AAA', [])] });
    expect(text).not.toContain('longest gaps');
    expect(text).not.toContain('Files of the venue');
  });
});
