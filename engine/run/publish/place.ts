import { join } from 'node:path';
import { isFrame } from '../../frame/frame.js';
import type { Part } from '../parts.js';
import { besides } from './beside.js';
import { type Copy, copyOf, discard, listed } from './copy.js';
import type { PublishedFile } from './published.js';
import type { Span, Table } from './table.js';

/** Where a part belongs, and how it is to be read. */
export interface Place {
  readonly folder: string;
  readonly run: string;
  readonly table: Table;
  readonly schema: string | undefined;
  /** First and last time of all that the item has; undefined where a run's part is all that a file shall hold. */
  readonly span: Span | undefined;
}

/** What became of a part: a copy to be put in place, or the file that stays there. */
export type Placed =
  /** `inside`: rows of earlier runs that stand between those of this one. */
  | { readonly kind: 'copy'; readonly copy: Copy; readonly inside: number }
  | { readonly kind: 'stays'; readonly file: PublishedFile; readonly inside: number };

/**
 * Write a part beside its place, joined with the rows that the file there has and the run has not; nothing is left where the
 * file is as it shall be, and where it is of another schema and has rows that the run has not.
 * @param old  The file as it stands; undefined where nothing, or nothing that could be believed, is there.
 * @throws store/disk-full …
 */
export async function place(
  part: Part,
  old: PublishedFile | undefined,
  { folder, run, table, schema, span }: Place,
): Promise<Placed> {
  const { spacing } = table;
  const path = join(folder, part.name);
  const plain = await copyOf(folder, part, { spacing, schema });
  if (plain.sha256 === old?.sha256) return stays(path, plain, 0);
  if (!old || !span || !isFrame(part.value)) return { kind: 'copy', copy: plain, inside: 0 };
  const alike = old.schema === undefined || old.schema === schema;
  const both = await besides(part.value, path, table, alike, span);
  if (both?.kept === 0) return { kind: 'copy', copy: plain, inside: 0 };
  discard([plain]);
  if (!both) return { kind: 'stays', file: { ...old, schema: 'other' }, inside: 0 };
  const { frame, inside } = both;
  const runs = [...new Set([...(old.runs ?? []), run])];
  const copy = await copyOf(folder, { ...part, value: frame }, { spacing, schema, runs });
  if (copy.sha256 !== old.sha256) return { kind: 'copy', copy, inside };
  // It had all that the run has before: it is still of those who gave it.
  const facts = { ...copy.facts, ...(old.runs && { runs: old.runs }) };
  return stays(path, { ...copy, facts }, inside);
}

function stays(path: string, copy: Copy, inside: number): Placed {
  discard([copy]);
  return { kind: 'stays', file: listed(path, copy.sha256, copy.facts), inside };
}
