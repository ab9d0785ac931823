import { sha256 } from '../../../engine/sdk/index.js';

/** Bytes of the digest of rule and symbol that an id begins with: the first six of 256 bits. */
const DIGEST = 6;
/** Bytes of the time that follows it, milliseconds since 1970. */
const TIME = 6;

/**
 * Ids of the occurrences of one rule: 12 hexadecimal digits that tell rule and symbol, and 12 that are the time, so an occurrence
 * has the same id in a longer sample, and no two of one rule and symbol have the same. One digest a symbol is taken, not one a row.
 * @param rule     all that decides what the rule tells, as text
 * @param symbols  by code
 * @param codes    symbol of each occurrence
 * @param ts       when each occurred, ms
 */
export function idsOf(
  rule: string,
  symbols: readonly string[],
  codes: ArrayLike<number>,
  ts: ArrayLike<number>,
): readonly string[] {
  const digests = symbols.map((symbol) => sha256(`${rule}\n${symbol}`).slice(0, 2 * DIGEST));
  const heads = digests.map((digest) => Buffer.from(digest, 'hex'));
  const size = DIGEST + TIME;
  const bytes = Buffer.alloc(size * ts.length);
  for (let row = 0; row < ts.length; row += 1) {
    const head = heads[codes[row] ?? 0];
    if (head) bytes.set(head, size * row);
    bytes.writeIntBE(ts[row] ?? 0, size * row + DIGEST, TIME);
  }
  const digits = bytes.toString('hex');
  const ids: string[] = [];
  for (let from = 0; from < digits.length; from += 2 * size)
    ids.push(digits.slice(from, from + 2 * size));
  return ids;
}
