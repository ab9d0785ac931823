import type { Frame } from '../frame/frame.js';
import { sameRows } from './align.js';
import { iso, type Run, second } from './blind.js';
import { type Claim, claimsOf } from './claims.js';
import { type Compared, compare, type Held } from './differ.js';
import { disturbed } from './disturb.js';
import { taken } from './futures.js';
import { rowTimes, spanOf } from './known.js';
import type { Output, Table } from './subject.js';

/** Running sums are rebuilt at absolute rows: until then the last digits may depend on where the data start. */
export const LAST_DIGITS = 1e-9;

/** Where second runs begin, as shares of the time that the tables cover. */
const STARTS = [0.04, 0.17] as const;

/**
 * Settled rows do not depend on where the data start, nor on what was there before their reach: the bound is sound. A resetting
 * column must agree wherever both runs know it.
 */
export async function settledFrom(run: Run): Promise<void> {
  const [from, to] = spanOf(run.tables);
  for (const share of STARTS) {
    const start = from + share * (to - from);
    const frames = run.tables.map((t) => since(t, start));
    const how = `starting at ${iso(start)}`;
    await second(run, 'later start', how, frames, (output, a, b) =>
      settled(output, a, b, start, true),
    );
  }
  for (const share of STARTS) {
    const start = from + (share + 0.2) * (to - from);
    const frames = run.tables.map((table) => {
      const times = rowTimes(table.frame, table.contract);
      const before = (row: number): boolean => (times?.[row] ?? start) < start;
      return disturbed(table.frame, table.contract, before, 'scrambled', run.random);
    });
    const how = `everything before ${iso(start)} replaced`;
    await second(run, 'other past', how, frames, (output, a, b) =>
      settled(output, a, b, start, false),
    );
  }
}

/** Compare the rows whose reach starts after `start`. */
function settled(
  output: Output,
  base: Frame,
  other: Frame,
  start: number,
  starts: boolean,
): Compared {
  const claims = claimsOf(output, base);
  const times = output.contract && rowTimes(base, output.contract);
  if (claims.size === 0 || !output.contract || !times) return { cells: 0, differences: [] };
  const pairs = sameRows(base, other, output.contract);
  return compare(output, base, other, pairs, (name) => {
    const claim = claims.get(name);
    return claim && heldTo(claim, times, start, starts);
  });
}

function heldTo(
  { kind, reach }: Claim,
  times: Readonly<Float64Array>,
  start: number,
  starts: boolean,
): Held | undefined {
  const counts = (row: number): boolean => (times[row] ?? 0) >= start + reach;
  if (kind === 'finite' || kind === 'decaying') return { within: LAST_DIGITS, counts };
  // What came before the reset is unknown to a run that starts later; replaced, it is another past, and may say otherwise.
  return kind === 'resetting' && starts
    ? { within: LAST_DIGITS, bothKnown: true, counts }
    : undefined;
}

function since(table: Table, start: number): Frame {
  const { frame, contract } = table;
  // Files start at a stamp: of a schedule, what was announced before is there.
  const stamped = frame.has('ts') && frame.get('ts').dtype === 'time';
  const times = stamped ? frame.column('ts') : rowTimes(frame, contract);
  return times ? taken(frame, (row) => (times[row] ?? 0) >= start) : frame;
}
