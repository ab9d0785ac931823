import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { readContract } from '../../../engine/frame/contract.js';
import type { Frame } from '../../../engine/frame/frame.js';
import { joined } from '../../../engine/run/publish/join.js';
import { rowsIn } from '../../../engine/run/publish/table.js';
import { givenBook } from '../../../nodes/clean/book/given.js';
import { sumLiquidations } from '../../../nodes/clean/flow/liquidations.js';
import { placeMarks } from '../../../nodes/clean/grid/marks.js';
import { place } from '../../../nodes/clean/grid/place.js';
import { frame } from '../../kit/frame.js';
import { ROOT } from '../../kit/specs.js';
import { FIVE, good, raw, START } from './rows.js';

/* A clean table has a row for every bar. One that its source lacks must not take the place of a published one that has a value. */

const DAY = 86_400_000;
const grid = { from: START, bars: 2, spacing: DAY };
const days = [START, START + DAY];
const same = (value: number) => days.map(() => value);
const BOOK = ['spread_bps', 'spread_bps_max', 'spread_bps_std', 'bid_depth_usd', 'ask_depth_usd'];

const whole: Readonly<Record<string, readonly [source: Frame, clean: (raw: Frame) => Frame]>> = {
  bars: [raw(good(0, 100), good(288, 101)), (of) => place(of, grid).frame],
  marks: [
    frame({ ts: days, open: same(5), high: same(6), low: same(4), close: same(5) }),
    (of) => placeMarks(of, grid, true).frame,
  ],
  liquidations: [
    frame({ ts: days, sell: [true, false], price: same(5), base: same(2), value: same(10) }),
    (of) => sumLiquidations(of, grid, FIVE).frame,
  ],
  tob: [
    frame({
      ts: days,
      ...Object.fromEntries(BOOK.map((name) => [name, same(1)])),
      ...{ imbalance: same(0.5), mid_close: same(100), coverage: same(1) },
    }),
    (of) => givenBook(of, grid).frame,
  ],
};

describe('a row of a clean table that its source lacks', () => {
  it.each(Object.keys(whole))('gives way to a published one: %s', (id) => {
    const json = parse(readFileSync(`${ROOT}spec/contracts/${id}.yaml`, 'utf8'));
    expect(readContract(json).problems).toEqual([]);
    const [source, clean] = whole[id] ?? [];
    if (!source || !clean) throw new Error(id);
    const old = clean(source);
    const now = clean(source.take([1]));
    const rows = rowsIn(now, { contract: json, spacing: DAY });
    if (!rows) throw new Error(`${id} has no times`);
    const span = { from: START, to: START + DAY };
    const both = joined(now, old, rows, span);
    expect([both.kept, both.inside]).toEqual([1, 1]);
    expect([...both.frame.rows()]).toEqual([...old.rows()]);
    expect([...now.rows()]).not.toEqual([...old.rows()]);
    expect(joined(old, now, rows, span).kept).toBe(0);
  });
});
