import {
  chmodSync,
  readFileSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';

/** Flip one bit of a file. The time of change stays as it was, as with a bad disk, unless `touched`. */
export function flipBit(path: string, at: number, { touched = false } = {}): void {
  const { atime, mtime } = statSync(path);
  const bytes = readFileSync(path);
  const place = Math.floor(at * bytes.length * 8);
  bytes[place >> 3] = (bytes[place >> 3] ?? 0) ^ (1 << (place & 7));
  chmodSync(path, 0o644);
  writeFileSync(path, bytes);
  if (!touched) utimesSync(path, atime, mtime);
}

/** Cut a file to a share of its length. */
export function cut(path: string, share: number): void {
  chmodSync(path, 0o644);
  truncateSync(path, Math.floor(statSync(path).size * share));
}
