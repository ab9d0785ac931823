import type { Frame } from '../../frame/frame.js';
import { contractOf } from '../../graph/contracts.js';
import type { Graph, Stage } from '../../graph/graph.js';
import { sha256 } from '../../store/digest.js';
import type { Stored } from '../../store/stored.js';
import { canonical } from '../../yaml/canonical.js';
import type { JsonObject } from '../../yaml/value.js';
import { withoutDocs } from '../held.js';
import type { Rows } from './join.js';

/** What publishing has to know of an output that is a table. */
export interface Table {
  readonly contract: JsonObject | undefined;
  /** Milliseconds between rows on a regular clock. */
  readonly spacing: number | undefined;
}

/** First and last time, milliseconds. */
export interface Span {
  readonly from: number;
  readonly to: number;
  /** Of whom no row in it means that there was nothing; undefined where a row that is not there says nothing. */
  readonly whose?: ReadonlySet<string | null> | undefined;
}

export function tableOf(graph: Graph, stage: Stage, port: string): Table {
  const id = stage.node.out[port]?.contract;
  const contract = id === undefined ? undefined : graph.contracts[id];
  return { contract, spacing: contract && contractOf(contract).spacing?.every };
}

/** Digest of a table's columns with their types and units, and of the rules of its contract; undefined of what is no table. */
export function schemaOf(stored: Stored, { contract }: Table): string | undefined {
  if (stored.kind !== 'frame') return undefined;
  const columns = stored.columns.map(({ name, dtype, unit }) => [name, dtype, unit ?? null]);
  // How absence is told, and what it means, says nothing of what the rows hold: tables published before it was declared stay alike.
  const { absent: _, silence: __, ...rest } = contract ?? {};
  const rules = contract === undefined ? null : withoutDocs(rest);
  return sha256(canonical([columns, rules])).slice(0, 16);
}

/** How rows of a table are told apart; undefined where it has no times. */
export function rowsIn(frame: Frame, { contract, spacing }: Table): Rows | undefined {
  const clock = clockOf(frame);
  if (clock === undefined) return undefined;
  const {
    unique = [],
    entity = [],
    sort = [],
    absent,
    silence,
  } = contract ? contractOf(contract) : {};
  const among = (names: readonly string[]) => names.filter((name) => frame.has(name));
  const key = [...new Set(among([...unique, ...entity]))].filter((name) => name !== clock);
  const order = among(sort);
  const regular = spacing !== undefined || absent !== undefined;
  return { clock, key, sort: order.length > 0 ? order : [clock], regular, absent, silence };
}

/** The first column of times: tables are split by it. */
export function clockOf(frame: Frame): string | undefined {
  return frame.fields.find((f) => f.dtype === 'time')?.name;
}

/** The span of a table in time order, and whose silence in it tells something; NaN where it has no times. */
export function spanOf(frame: Frame, { contract }: Table): Span {
  const clock = clockOf(frame);
  const times = clock === undefined ? [] : frame.time(clock);
  const silence = contract && contractOf(contract).silence;
  const whose = silence === undefined ? undefined : new Set(frame.texts(silence));
  return { from: times[0] ?? Number.NaN, to: times[times.length - 1] ?? Number.NaN, whose };
}
