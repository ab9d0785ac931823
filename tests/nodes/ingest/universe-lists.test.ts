import { describe, expect, it } from '@jest/globals';
import { ABSENT } from '../../../engine/sdk/index.js';
import universe from '../../../nodes/ingest/universe.js';
import { runNode, shapesOf } from '../../kit/node.js';
import { frameAt } from '../../kit/real.js';
import { DATES, folder, text, told } from './listings.js';

/** With `told`, only lists say who was listed when: what closes positions must not rest on the last bar of a file. */

const table = { names: ['listings.csv'], symbol: 'symbol', where: {}, ...DATES };
const bars = { names: ['*.zip'], spacing: 300_000, active: 0, opens: undefined, symbol: undefined };
const FILES = { 'AAAUSDT-5m-2024-01.zip': '', 'BBBUSDT-5m-2024-03.zip': '' };
const LIST = { 'listings.csv': 'symbol,from,to\nAAAUSDT,2023-01-01,2024-02-03\n' };

describe('a market of files', () => {
  it.each([
    ['bars alone', { bars }, FILES, true],
    ['a table that is not there', { tables: [table], bars }, FILES, true],
    ['a table', { tables: [table], bars }, { ...FILES, ...LIST }, false],
    ['a list by hand', { listings: { AAAUSDT: { from: 0 } }, bars }, FILES, false],
  ])('that has %s', (_name, lists, files, absent) => {
    const params = { market: told(lists), folder: folder(files), told: true };
    expect(shapesOf(universe, {}, params).shapes).toEqual(absent ? { universe: ABSENT } : {});
  });

  it('symbols that only bars tell of are in no row; one that ended has its day', async () => {
    const params = {
      market: told({ tables: [{ ...table, listed: text('from') }], bars }),
      folder: folder({ ...FILES, ...LIST }),
      symbols: ['AAAUSDT', 'BBBUSDT'],
      told: true,
    };
    const { outs, warnings } = await runNode(universe, {}, params);
    const rows = frameAt(outs, 'universe');
    expect(rows.texts('symbol')).toEqual(['AAAUSDT']);
    expect(rows.column('delisted')[0]).toBe(Date.parse('2024-02-03'));
    expect(warnings).toEqual([]);
  });
});
