import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { unlessAbsent } from './failure.js';

/** A whole file, or undefined when it is absent. */
export function readWhole(path: string): Buffer | undefined {
  const file = unlessAbsent(path, () => openSync(path, 'r'));
  if (file === undefined) return undefined;
  try {
    const size = fstatSync(file).size;
    const bytes = Buffer.allocUnsafeSlow(size);
    return bytes.subarray(0, readUpTo(file, bytes, 0));
  } finally {
    closeSync(file);
  }
}

/** Read until the memory is full or the file ends. @returns bytes read */
export function readUpTo(file: number, target: Uint8Array, position: number): number {
  let at = 0;
  while (at < target.length) {
    const count = readSync(file, target, at, target.length - at, position + at);
    if (count === 0) break;
    at += count;
  }
  return at;
}
