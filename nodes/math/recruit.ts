import { inRange } from './guard.js';
import { mean } from './sum.js';
import { type Limits, NEVER_RELAXED, type PoolAtom, type Veto, vetoesOf } from './vetoes.js';

/*
 * Hierarchical threshold relaxation, one stage at a time.
 * 1 strict · 2 entropy and efficiency eased · 3 a cluster left empty gets its best member · 4 filled up to the floor:
 * first the best that are not vetoed, then the best whose vetoes may be relaxed.
 */

/** What a policy asks, before any relaxation. */
export interface Policy extends Limits {
  /** Atoms a cluster gives, for each direction. */
  readonly topN: number;
  /** Winners wanted. */
  readonly floor: number;
  readonly atMost: number;
  readonly allowShort: boolean;
  /** Above this entropy nothing is ever recruited beyond the strict stages. */
  readonly toxicEntropy: number;
  readonly relaxEntropy: number;
  readonly relaxEfficiency: number;
  /** Mean entropy of the pool above which the entropy limit is tightened once by `tightenEntropy`. */
  readonly entropyTrigger: number;
  readonly tightenEntropy: number;
}

export type Reason = 'top_n' | 'forced' | 'balanced' | 'scarcity';

/** Who was recruited, best first. */
export interface Recruited {
  readonly winners: readonly { readonly atom: PoolAtom; readonly reason: Reason }[];
  readonly vetoes: ReadonlyMap<string, readonly Veto[]>;
  /** How many atoms could be recruited at all, however far thresholds were relaxed. */
  readonly recruitable: number;
  readonly limits: Limits;
  readonly meanEntropy: number;
  /** The pool was so disordered that the entropy limit was tightened. */
  readonly hardened: boolean;
}

/** Thresholds of a stage. @throws math/out-of-range unless stage is 1, 2, 3 or 4 */
export function limitsAt(policy: Policy, stage: number, hardened: boolean): Limits {
  inRange('stage', stage, [1, 2, 3, 4].includes(stage), '1, 2, 3 or 4');
  const eased = stage > 1;
  const entropy = eased
    ? Math.min(1, policy.entropyMost * policy.relaxEntropy)
    : policy.entropyMost;
  return {
    ...policy,
    entropyMost: hardened ? entropy * policy.tightenEntropy : entropy,
    efficiencyLeast: policy.efficiencyLeast * (eased ? policy.relaxEfficiency : 1),
  };
}

/**
 * Recruit from a pool at one stage of relaxation.
 * @param clusters  cluster of each atom of the pool
 * @throws          math/out-of-range for an unknown stage
 */
export function recruit(
  pool: readonly PoolAtom[],
  clusters: readonly number[],
  policy: Policy,
  stage: number,
): Recruited {
  const meanEntropy = mean(pool.map((a) => (Number.isNaN(a.entropy) ? 1 : a.entropy)));
  const hardened = meanEntropy > policy.entropyTrigger;
  const limits = limitsAt(policy, stage, hardened);
  const vetoes = new Map(pool.map((atom) => [atom.id, vetoesOf(atom, limits)]));
  const members = new Map<number, PoolAtom[]>();
  for (const [i, atom] of pool.entries()) {
    const cluster = clusters[i] ?? NaN;
    members.set(cluster, [...(members.get(cluster) ?? []), atom]);
  }
  const free = (atom: PoolAtom) => vetoes.get(atom.id)?.length === 0;
  const allowed = (atom: PoolAtom) => policy.allowShort || atom.direction === 'LONG';
  const relaxable = (atom: PoolAtom) =>
    atom.entropy <= policy.toxicEntropy &&
    (vetoes.get(atom.id) ?? []).every(({ reason }) => !NEVER_RELAXED.includes(reason));
  const taken = new Map<PoolAtom, Reason>();
  for (const cluster of members.values()) {
    const eligible = cluster.filter((atom) => free(atom) && allowed(atom));
    const best = topOf(eligible, policy.topN);
    for (const atom of best) taken.set(atom, 'top_n');
    const [forced] = sorted(cluster.filter((atom) => allowed(atom) && relaxable(atom)));
    if (stage >= 3 && best.length === 0 && forced) taken.set(forced, 'forced');
  }
  if (stage >= 4) {
    const open = sorted(pool.filter(allowed));
    fill(taken, open.filter(free), 'balanced', policy.floor);
    fill(taken, open.filter(relaxable), 'scarcity', policy.floor);
  }
  const winners = sorted([...taken.keys()])
    .slice(0, policy.atMost)
    .map((atom) => ({ atom, reason: taken.get(atom) ?? 'top_n' }));
  const recruitable = pool.filter((a) => allowed(a) && (free(a) || relaxable(a))).length;
  return { winners, vetoes, recruitable, limits, meanEntropy, hardened };
}

function fill(
  taken: Map<PoolAtom, Reason>,
  from: readonly PoolAtom[],
  reason: Reason,
  floor: number,
): void {
  for (const atom of from) {
    if (taken.size >= floor) return;
    if (!taken.has(atom)) taken.set(atom, reason);
  }
}

/** The best `n` of each direction, one of an identity. */
function topOf(eligible: readonly PoolAtom[], n: number): readonly PoolAtom[] {
  const seen = new Set<string>();
  const single = sorted(eligible).filter(
    ({ identity }) => !seen.has(identity) && seen.add(identity),
  );
  const of = (direction: string) => single.filter((a) => a.direction === direction).slice(0, n);
  return [...of('LONG'), ...of('SHORT')];
}

/** Score descending, then id ascending. */
function sorted(atoms: readonly PoolAtom[]): readonly PoolAtom[] {
  return [...atoms].sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}
