import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  filesOf,
  LEDGER,
  type Published,
  type PublishedFile,
  publishedText,
} from '../../../../engine/run/publish/published.js';
import { Months, warnings } from './kit.js';

/*
 * A run that was killed between two renames: so many of its copies are in place, the ledger says what was before, and what was being
 * written. Whatever runs next, every file that is listed is whole, and of one of the runs that it is said to be of.
 */

const SECOND = { 'span.from': '2024-02-20', 'span.to': '2024-04-10', times: '2' };
type Contents = Readonly<Record<string, string>>;

let months: Months;
let before: { readonly contents: Contents; readonly ledger: Published };
let after: { readonly contents: Contents; readonly ledger: Published };
beforeEach(async () => {
  months = new Months();
  await months.run();
  before = { contents: months.contents(), ledger: months.ledger() };
  await months.run(SECOND);
  after = { contents: months.contents(), ledger: months.ledger() };
});
afterEach(() => months.remove());

/** What the second run put in place, in the order of renames. */
const changed = () =>
  Object.keys(after.contents).filter((name) => after.contents[name] !== before.contents[name]);

/** The folder as it was once the second run had put so many copies in place. */
function killedAfter(copies: number): void {
  const { bars } = before.ledger.ports;
  const run = after.ledger.ports.bars?.run ?? '';
  const made = filesOf(after.ledger.ports.bars);
  const writing: Record<string, readonly PublishedFile[]> = {};
  for (const name of changed()) {
    const file = made.get(name);
    if (file) writing[name] = [{ runs: [run], ...file }];
  }
  if (!bars) throw new Error('nothing was published');
  rmSync(months.folder, { recursive: true });
  const placed = changed().slice(0, copies);
  const contents = { ...before.contents };
  for (const name of placed) contents[name] = after.contents[name] ?? '';
  for (const [name, bytes] of Object.entries(contents)) {
    mkdirSync(dirname(join(months.folder, name)), { recursive: true });
    writeFileSync(join(months.folder, name), Buffer.from(bytes, 'base64'));
  }
  const ports = { bars: { ...bars, writing } };
  writeFileSync(join(months.folder, LEDGER), publishedText({ ...before.ledger, ports }));
}

describe.each([0, 1, 3, 6])('a run that was killed after %i renames', (copies) => {
  beforeEach(() => killedAfter(copies));

  it('is completed by the same one', async () => {
    expect(changed()).toHaveLength(6);
    const again = await months.run(SECOND);
    expect(warnings(again)).toEqual([]);
    expect(months.contents()).toEqual(after.contents);
    expect(months.ledger().ports.bars?.writing).toEqual({});
    const ledger = months.ledger();
    await months.run(SECOND);
    expect(months.ledger()).toEqual(ledger);
  });

  it('leaves whole files to one of another item', async () => {
    const other = await months.run({ names: 'BBB', 'span.to': '2024-03-15' });
    expect(warnings(other)).toEqual([]);
    const listed = filesOf(months.ledger().ports.bars);
    expect([...listed.keys()].sort()).toEqual(Object.keys(months.contents()));
    const runs = new Set([before, after].map(({ ledger }) => ledger.ports.bars?.run ?? ''));
    for (const name of Object.keys(before.contents).filter((name) => name.startsWith('AAA'))) {
      const put = changed().slice(0, copies).includes(name) ? after : before;
      expect(months.contents()[name]).toBe(put.contents[name]);
      const { runs: of = [], rows } = listed.get(name) ?? {};
      expect(of.length > 0 && of.every((run) => runs.has(run))).toBe(true);
      expect(rows).toBe(filesOf(put.ledger.ports.bars).get(name)?.rows);
    }
    const longer = changed().slice(0, copies).includes('AAA/bars/2024-03.parquet') ? 16 * 4 : 0;
    expect(await months.rows('AAA')).toHaveLength((22 + 29 + 15) * 4 + longer);
  });
});
