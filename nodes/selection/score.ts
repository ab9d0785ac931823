import { defineNode, Frame, port, t } from '../../engine/sdk/index.js';
import { scorer } from '../kinds/scorer.js';
import { logMps } from '../math/log-mps.js';
import { factors, scores } from '../ports.js';

export default defineNode({
  type: 'selection.score',
  doc: 'Conviction in every atom: each factor as a probability in the cross-section, multiplied with weights.',
  time: 'fit',

  in: { factors },
  out: {
    scores,
    dropped: port.json<readonly string[]>('Factors that no atom has: they do not count.'),
  },
  params: { scorer: t.spec(scorer, { doc: 'Factors, their weights and maps.' }) },
  shape({ factors }, { scorer }, ctx) {
    if (!factors || factors.open) return {};
    const known = new Set(factors.columns.map((c) => c.name));
    for (const factor of Object.keys(scorer.factors)) {
      if (known.has(factor)) continue;
      ctx.wrong('scorer', 'selection/no-factor', { scorer: scorer.id, factor });
    }
    return {};
  },
  reads: ({ scorer }) => ({ factors: ['atom', ...Object.keys(scorer.factors).sort()] }),
  errors: {
    'selection/no-factor': 'Scorer {scorer} wants factor {factor}, which is not among the columns.',
  },

  run({ factors }, { scorer }, ctx) {
    const wanted = Object.entries(scorer.factors).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    const used = wanted.map(([name, { weight, map }]) => {
      if (!factors.has(name))
        ctx.refuse('selection/no-factor', { scorer: scorer.id, factor: name });
      return { name, weight, map, values: factors.column(name) };
    });
    const { logScore, score, dropped } = logMps(used, {
      missing: scorer.missing,
      floor: scorer.floor,
    });
    return {
      scores: Frame.from([
        { name: 'atom', column: factors.get('atom') },
        { name: 'log_score', column: { dtype: 'f64', values: logScore } },
        { name: 'conviction', column: { dtype: 'f64', values: score } },
      ]),
      dropped,
    };
  },
});
