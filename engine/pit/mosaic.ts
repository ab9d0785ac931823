import { sameRows } from './align.js';
import { type Run, second } from './blind.js';
import { type Claim, claimsOf } from './claims.js';
import { type Compared, compare } from './differ.js';
import { disturbed } from './disturb.js';
import { knownTimes, rowTimes, spanOf } from './known.js';
import { LAST_DIGITS } from './starts.js';
import type { Output } from './subject.js';

/** Blocks are so many reaches long: half of each is judged in one pass, and the passes shift by a quarter. */
const REACHES = 2;
const PASSES = 4;
/** Milliseconds; shorter reaches share blocks. */
const SHORTEST = 86_400_000;

/**
 * With a finite reach every row can be tested in a few passes: stretches of rows are left as they are and replaced by turns, and a
 * row whose reach lies in its own stretch must not see the replaced future behind it. The stretches shift from pass to pass.
 */
export async function everyRow(run: Run): Promise<void> {
  const [from, to] = spanOf(run.tables);
  for (const block of blocksOf(run, to - from)) {
    for (let pass = 0; pass < PASSES; pass += 1) {
      const shift = (pass * 2 * block) / PASSES;
      const replaced = (ms: number): boolean => Math.floor((ms - from + shift) / block) % 2 === 1;
      const starts = (ms: number): number =>
        Math.floor((ms - from + shift) / block) * block + from - shift;
      const frames = run.tables.map(({ frame, contract }) => {
        const known = knownTimes(frame, contract);
        const takes = (row: number): boolean => known !== undefined && replaced(known[row] ?? 0);
        return disturbed(frame, contract, takes, 'scrambled', run.random);
      });
      const how = `stretches of ${block / 3_600_000} h replaced by turns`;
      await second(run, 'mosaic', how, frames, (output, base, other) => {
        const [claims, times] = [claimsIn(output, base, block), timesOf(output, base)];
        const known = knownTimes(base, output.contract);
        if (!times || !known || !output.contract) return NOTHING;
        return compare(output, base, other, sameRows(base, other, output.contract), (name) => {
          const claim = claims.get(name);
          if (!claim) return undefined;
          const counts = (row: number): boolean => {
            const seen = known[row] ?? 0;
            return !replaced(seen) && (times[row] ?? 0) - claim.reach >= starts(seen);
          };
          return { within: LAST_DIGITS, counts };
        });
      });
    }
  }
}

const NOTHING: Compared = { cells: 0, differences: [] };

function timesOf(output: Output, base: Parameters<typeof claimsOf>[1]) {
  return output.contract && rowTimes(base, output.contract);
}

/** The columns whose reach a block is for. */
function claimsIn(
  output: Output,
  base: Parameters<typeof claimsOf>[1],
  block: number,
): ReadonlyMap<string, Claim> {
  return new Map([...claimsOf(output, base)].filter(([, c]) => judged(c) && blockFor(c) === block));
}

function judged({ kind }: Claim): boolean {
  return kind === 'finite';
}

function blockFor({ reach }: Claim): number {
  let block = SHORTEST;
  while (block < REACHES * reach) block *= 4;
  return block;
}

/** Block lengths that columns need and the data are long enough for. */
function blocksOf({ subject, base }: Run, span: number): readonly number[] {
  const needed = subject.outputs.flatMap((output) => {
    const frame = base[output.port];
    return frame ? [...claimsOf(output, frame).values()].filter(judged).map(blockFor) : [];
  });
  return [...new Set(needed)].filter((block) => 2 * block <= span).sort((a, b) => a - b);
}
