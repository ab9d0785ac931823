import type { Frame } from '../../../engine/sdk/index.js';

/** What a source can give beside bars and funding; each is an optional output of `ingest.market`. */
export const DATASETS = [
  'spot',
  'open_interest',
  'liquidations',
  'quotes',
  'tob',
  'trades',
  'mark',
  'premium',
] as const;
export type Dataset = (typeof DATASETS)[number];

/** Tables of one symbol, each as its raw contract in `spec/contracts/` has it; data sets that a source lacks are left out. */
export type Given = { readonly raw: Frame; readonly funding: Frame } & {
  readonly [K in Dataset]?: Frame;
};

/** The same of files, of which funding may not be asked for. */
export type Read = Omit<Given, 'funding'> & Partial<Pick<Given, 'funding'>>;

/** Times that rows may have: from … until before to, UTC milliseconds. */
export interface Range {
  readonly from: number;
  readonly to: number;
}
