import {
  type Context,
  defineNode,
  Frame,
  port,
  type SpecOf,
  t,
  textColumn,
} from '../../engine/sdk/index.js';
import { policy } from '../kinds/policy.js';
import { type Recruited, recruit } from '../math/recruit.js';
import type { PoolAtom, Veto } from '../math/vetoes.js';
import { atoms, clusters, factors, scores, vetoes, winners } from '../ports.js';

/*
 * One stage of hierarchical threshold relaxation; `repeat` walks through the stages until there are enough winners.
 * Scores and clusters do not depend on the stage, so they are made once.
 */

export default defineNode({
  type: 'selection.recruit',
  doc: 'Recruit the best atoms of every cluster that no veto forbids, at one stage of relaxed thresholds.',
  time: 'fit',

  in: { atoms, factors, scores, clusters },
  out: {
    winners,
    vetoes,
    recruitable: port.scalar('How many could be recruited at all, however far limits are relaxed.'),
    hardened: port.scalar<boolean>(
      'The pool was so disordered that the entropy limit was tightened.',
    ),
  },
  params: {
    policy: t.spec(policy, { doc: 'Vetoes and how they give way.' }),
    floor: t.integer({ default: 15, min: 1, doc: 'Winners wanted; stage 4 fills up to it.' }),
    relaxation: t.integer({ default: 1, min: 1, max: 4, doc: 'The stage.' }),
  },
  errors: { 'selection/unknown-atom': '{table} has no row for atom {atom}.' },

  run(ins, { policy, floor, relaxation }, ctx) {
    const { pool, labels } = poolOf(ins, ctx);
    const limits = {
      entropyMost: policy.entropy_most,
      efficiencyLeast: policy.efficiency_least,
      kurtosisMost: policy.kurtosis_most,
      volatilityMost: policy.volatility_most,
      survivalLeast: policy.survival_least,
      hurstBand: bandOf(policy),
      hurdle: policy.hurdle,
      orderSize: policy.order_size,
      usualValue: policy.usual_value,
      rocMost: Infinity,
      rocLeast: -Infinity,
      dailyVolatilityMost: Infinity,
      topN: policy.top_n,
      floor,
      atMost: policy.at_most,
      allowShort: true,
      toxicEntropy: policy.toxic_entropy,
      relaxEntropy: policy.relax_entropy,
      relaxEfficiency: policy.relax_efficiency,
      entropyTrigger: policy.entropy_trigger,
      tightenEntropy: policy.tighten_entropy,
    };
    const result = recruit(pool, labels, limits, relaxation);
    const clusterOf = new Map(pool.map((atom, i) => [atom.id, labels[i] ?? NaN]));
    return {
      winners: winnerFrame(result, clusterOf, relaxation),
      vetoes: vetoFrame(result.vetoes),
      recruitable: result.recruitable,
      hardened: result.hardened,
    };
  },
});

interface Tables {
  readonly atoms: Frame;
  readonly factors: Frame;
  readonly scores: Frame;
  readonly clusters: Frame;
}

/** Every atom with its factors, conviction and cluster; atoms stand by id. */
function poolOf({ atoms, factors, scores, clusters }: Tables, ctx: Context) {
  const lookup = (table: string, frame: Frame) => {
    const rows = new Map(frame.texts('atom').map((atom, row) => [atom, row]));
    return (atom: string | null, column: string) => {
      const row = rows.get(atom) ?? ctx.refuse('selection/unknown-atom', { table, atom });
      return frame.column(column)[row] ?? NaN;
    };
  };
  const factor = lookup('factors', factors);
  const score = lookup('scores', scores);
  const cluster = lookup('clusters', clusters);
  const ids = atoms.texts('id');
  const symbols = atoms.texts('symbol');
  const pool = ids.map(
    (id, row): PoolAtom => ({
      id: id ?? '',
      identity: symbols[row] ?? '',
      direction: 'LONG', // streams are signed already: every atom is held long
      score: score(id, 'log_score'),
      entropy: factor(id, 'entropy'),
      efficiency: factor(id, 'efficiency'),
      hurst: factor(id, 'hurst'),
      kurtosis: factor(id, 'kurtosis'),
      volatility: factor(id, 'volatility'),
      momentum: factor(id, 'momentum'),
      survival: factor(id, 'survival'),
      valueTraded: factor(id, 'value_traded'),
    }),
  );
  return { pool, labels: ids.map((id) => cluster(id, 'cluster')) };
}

function bandOf({
  hurst_band: band,
}: SpecOf<typeof policy>): readonly [number, number] | undefined {
  return band && [band.low, band.high];
}

function winnerFrame(
  { winners }: Recruited,
  clusters: ReadonlyMap<string, number>,
  stage: number,
): Frame {
  const ranked = winners.map((winner, i) => ({ ...winner, id: winner.atom.id, rank: i + 1 }));
  ranked.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  return Frame.of({
    atom: textColumn(ranked.map((w) => w.id)),
    cluster: ranked.map((w) => clusters.get(w.id) ?? NaN),
    conviction: ranked.map((w) => Math.exp(w.atom.score)),
    rank: ranked.map((w) => w.rank),
    stage: ranked.map(() => stage),
    reason: textColumn(ranked.map((w) => w.reason)),
  });
}

function vetoFrame(vetoes: ReadonlyMap<string, readonly Veto[]>): Frame {
  const rows = [...vetoes].flatMap(([atom, list]) => list.map((veto) => ({ atom, ...veto })));
  rows.sort((a, b) => {
    const [x, y] = [`${a.atom}\n${a.reason}`, `${b.atom}\n${b.reason}`];
    return x < y ? -1 : x > y ? 1 : 0;
  });
  return Frame.of({
    atom: textColumn(rows.map((r) => r.atom)),
    reason: textColumn(rows.map((r) => r.reason)),
    value: rows.map((r) => r.value),
    limit: rows.map((r) => r.limit),
  });
}
