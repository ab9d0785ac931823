import { existsSync } from 'node:fs';
import { describe, it } from '@jest/globals';
import { type Frame, isFrame } from '../../engine/frame/frame.js';
import { ROOT } from './specs.js';

/** Real market data that lie beside the checkout. */
export const DATA = `${ROOT}../shared/data`;

/** Tests on real data: skipped, with a line that says so, where the data are not there. */
export function describeReal(name: string, body: () => void): void {
  if (existsSync(DATA)) describe(name, body);
  // The tables of such tests are made from the data, so that there is nothing to list without them.
  else describe.skip(name, () => void it(`skipped: there is no ${DATA}`, () => undefined));
}

/** The frame at an output. */
export function frameAt(outs: Readonly<Record<string, unknown>>, port: string): Frame {
  const value = outs[port];
  if (!isFrame(value)) throw new Error(`${port} is no frame`);
  return value;
}
