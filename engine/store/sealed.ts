import { readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { Refusal } from '../diag/refusal.js';
import { makeFolder, sweep, writeAtomic } from './atomic.js';

/*
 * Files that only save time: whole or not at all, under a first line that shows whether any bit of the rest is another.
 * Lost or damaged, they are made again.
 */

/** The text of a sealed file; undefined where there is none, or where it is damaged. */
export function readSealed(path: string): string | undefined {
  try {
    const bytes = readFileSync(path);
    const start = bytes.indexOf('\n') + 1;
    const text = bytes.subarray(start);
    return bytes.toString('latin1', 0, start) === sealOf(text) ? text.toString('utf8') : undefined;
  } catch {
    return undefined;
  }
}

/** A full or read-only disk costs the next start some time; whatever must be written will say so. */
export function writeSealed(path: string, text: string): void {
  const bytes = Buffer.from(text);
  try {
    makeFolder(dirname(path));
    const whole = Buffer.concat([Buffer.from(sealOf(bytes)), bytes]);
    writeAtomic(path, basename(path), whole, 'relaxed', 0o644);
    sweep(dirname(path));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}

function sealOf(text: Uint8Array): string {
  return `${crc32(text).toString(16).padStart(8, '0')}\n`;
}
