import { createHash } from 'node:crypto';

/** Numbers in [0, 1) that a seed and a label determine. */
export function numbers(seed: number, label: string): () => number {
  let count = 0;
  return () => {
    count++;
    const digest = createHash('sha256').update(`${seed} ${label} ${count}`).digest();
    return digest.readUInt32LE(0) / 2 ** 32;
  };
}
