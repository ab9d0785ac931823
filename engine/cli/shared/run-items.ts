import { compareIds } from '../../graph/items.js';
import type { ItemLine } from '../../ledger/folder.js';
import type { Manifest } from '../../ledger/manifest.js';

/** One item of a run. */
export interface RunItem extends ItemLine {
  readonly stage: string;
  /** Dimension → id. */
  readonly at: Readonly<Record<string, string>>;
}

/** The items of a run stage by stage, then by their ids: not in the order they happened to end. */
export function runItems(manifest: Manifest, lines: readonly ItemLine[]): readonly RunItem[] {
  const items = lines.map((line) => runItem(manifest, line));
  const stages = new Map(Object.keys(manifest.stages).map((stage, i) => [stage, i]));
  const rank = ({ stage }: RunItem) => stages.get(stage) ?? stages.size;
  return items.sort((a, b) => rank(a) - rank(b) || compareAll(idsOf(a), idsOf(b)));
}

function runItem({ stages }: Manifest, line: ItemLine): RunItem {
  const [stage = '', ids] = line.item.split('@');
  const dims = stages[stage]?.dims ?? [];
  const at = (ids?.split(':') ?? []).map((id, i) => [dims[i] ?? `dimension_${i + 1}`, id]);
  return { ...line, stage, at: Object.fromEntries(at) };
}

function idsOf({ item }: RunItem): readonly string[] {
  return item.split('@')[1]?.split(':') ?? [];
}

function compareAll(a: readonly string[], b: readonly string[]): number {
  const other = a.findIndex((id, i) => id !== b[i]);
  return other < 0 ? a.length - b.length : compareIds(a[other] ?? '', b[other] ?? '');
}
