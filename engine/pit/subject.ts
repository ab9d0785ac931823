import type { Diagnostic } from '../diag/diagnostic.js';
import type { Contract } from '../frame/contract.js';
import type { Frame } from '../frame/frame.js';
import type { ColumnShape, Time } from '../sdk/node.js';

/** A table that an item reads. Besides the columns the node reads it has those that tell when its rows are known. */
export interface Table {
  readonly port: string;
  /** Which item gave it, where several are gathered. */
  readonly label: string;
  readonly frame: Frame;
  readonly contract: Contract;
}

/** A table that an item gives. */
export interface Output {
  readonly port: string;
  readonly contract: Contract | undefined;
  /** What the compiler claims of its columns. */
  readonly columns: ReadonlyMap<string, ColumnShape>;
  /** A window: it counts as known only when its last row is. */
  readonly window: boolean;
  /** Columns that say, row by row, which specs made the row. */
  readonly authors?: readonly string[];
}

/** The tables that a run gave, by port; or why the node refused. */
export type Given =
  | { readonly kind: 'given'; readonly frames: Readonly<Record<string, Frame>> }
  | { readonly kind: 'refused'; readonly problems: readonly Diagnostic[] };

/** One item whose node can be run again on other rows. */
export interface Subject {
  readonly item: string;
  readonly node: string;
  readonly time: Time;
  readonly tables: readonly Table[];
  /** Whether columns that come in look back themselves: what the compiler says of columns that go out is then more than the node's own. */
  readonly carries?: boolean;
  readonly outputs: readonly Output[];
  /** Run the node with these tables in place of its own, in the same order. */
  run(frames: readonly Frame[]): Promise<Given>;
}
