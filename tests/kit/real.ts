import { existsSync } from 'node:fs';
import { describe } from '@jest/globals';
import type { Frame } from '../../engine/frame/frame.js';
import { isFrame } from '../../engine/frame/frame.js';
import clean from '../../nodes/clean/market.js';
import ingest from '../../nodes/ingest/market.js';
import { runNode } from './node.js';
import { ROOT } from './specs.js';

/** Real market data that lie beside the checkout. */
export const DATA = `${ROOT}../shared/data`;

/** Tests on real data: skipped, with a line that says so, where the data are not there. */
export function describeReal(name: string, body: () => void): void {
  if (existsSync(DATA)) describe(name, body);
  else describe.skip(`${name} (skipped: no ${DATA})`, body);
}

const FILES = { id: 'binance_perp', source: 'binance_klines', spacing: 300_000 };

/** Raw bars and funding of a symbol from a folder of real data. */
export async function realRaw(
  folder: string,
  symbol: string,
  span: { readonly from: string; readonly to: string },
): Promise<{ readonly raw: Frame; readonly funding: Frame }> {
  const params = {
    market: FILES,
    symbol,
    span,
    folder: `${DATA}/${folder}`,
    funding: `${DATA}/binance-um-funding`,
  };
  const { outs } = await runNode(ingest, {}, params);
  return { raw: frameAt(outs, 'raw'), funding: frameAt(outs, 'funding') };
}

/** The same after cleaning. */
export async function realBars(
  folder: string,
  symbol: string,
  span: { readonly from: string; readonly to: string },
): Promise<{ readonly bars: Frame; readonly funding: Frame; readonly missing: unknown }> {
  const { outs } = await runNode(clean, await realRaw(folder, symbol, span));
  return {
    bars: frameAt(outs, 'bars'),
    funding: frameAt(outs, 'funding'),
    missing: outs.missing_share,
  };
}

/** The frame at an output. */
export function frameAt(outs: Readonly<Record<string, unknown>>, port: string): Frame {
  const value = outs[port];
  if (!isFrame(value)) throw new Error(`${port} is no frame`);
  return value;
}
