import { createHash } from 'node:crypto';
import { type Random, stream } from '../../engine/sdk/random.js';

/** The streams that the engine gives a node of this type: determined by seed, type and labels alone. */
export function drawsOf(type: string, seed: number) {
  return (...labels: readonly (string | number)[]): Random => {
    const digest = createHash('sha256')
      .update(JSON.stringify([seed, type, ...labels]))
      .digest();
    return stream([digest.readUInt32BE(0), digest.readUInt32BE(4)]);
  };
}
