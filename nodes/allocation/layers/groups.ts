import { Frame, textColumn } from '../../../engine/sdk/index.js';
import { type ClusterStream, clusterStream } from '../../math/inverse-variance.js';
import type { Panel } from '../../math/panel.js';

/** A cluster of winners made into one stream. */
export interface Group {
  readonly cluster: number;
  readonly layer: ClusterStream;
}

/** Weight of one atom. */
export interface AtomWeight {
  readonly atom: string;
  readonly cluster: number;
  readonly weight: number;
}

/** Winners by cluster, ascending. @param lost  called for a winner that has no stream */
export function groupsOf(
  winners: Frame,
  panel: Panel,
  lost: (atom: string | null) => never,
): readonly Group[] {
  const columns = new Map(panel.names.map((name, j) => [name, j]));
  const clusters = winners.column('cluster');
  const members = new Map<number, number[]>();
  for (const [i, atom] of winners.texts('atom').entries()) {
    const cluster = clusters[i] ?? NaN;
    const column = columns.get(atom ?? '') ?? lost(atom);
    members.set(cluster, [...(members.get(cluster) ?? []), column]);
  }
  const sorted = [...members].sort(([a], [b]) => a - b);
  return sorted.map(([cluster, own]) => ({ cluster, layer: clusterStream(panel.values, own) }));
}

/** Cluster weight × weight within, by atom. */
export function spread(
  groups: readonly Group[],
  weights: ArrayLike<number>,
  names: readonly string[],
): readonly AtomWeight[] {
  const rows = groups.flatMap(({ cluster, layer }, c) =>
    layer.members.map((column, k) => ({
      atom: names[column] ?? '',
      cluster,
      weight: (weights[c] ?? NaN) * (layer.weights[k] ?? NaN),
    })),
  );
  return rows.sort((a, b) => (a.atom < b.atom ? -1 : a.atom > b.atom ? 1 : 0));
}

/** The table of weights, see contract `weights`. */
export function weightFrame(rows: readonly AtomWeight[], found: ArrayLike<number>): Frame {
  return Frame.of({
    atom: textColumn(rows.map((r) => r.atom)),
    cluster: rows.map((r) => r.cluster),
    weight: Float64Array.from(found),
  });
}

/** Symbol of each atom. */
export function symbolsOf(atoms: Frame, rows: readonly AtomWeight[]): readonly string[] {
  const symbols = atoms.texts('symbol');
  const known = new Map(atoms.texts('id').map((id, row) => [id, symbols[row] ?? '']));
  return rows.map(({ atom }) => known.get(atom) ?? '');
}
