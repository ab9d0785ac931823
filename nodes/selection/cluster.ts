import { defineNode, Frame, t, textColumn } from '../../engine/sdk/index.js';
import { clusterDistance } from '../math/cluster-distance.js';
import { cutTree, linkage } from '../math/linkage.js';
import { panelOf } from '../math/panel.js';
import { clusters, returns } from '../ports.js';

export default defineNode({
  type: 'selection.cluster',
  doc: 'Group atoms whose streams move together, so that one idea is not recruited ten times.',
  source: 'Ward (1963), JASA 58; Mantegna (1999), European Physical Journal B 11',
  time: 'fit',

  in: { returns },
  out: { clusters },
  params: {
    threshold: t.number({ default: 0.7, above: 0, doc: 'Height at which the tree is cut.' }),
    at_most: t.integer({
      default: 25,
      min: 1,
      doc: 'Most clusters; the cut is raised to keep to it.',
    }),
    lookbacks: t.list(t.integer({ min: 20, unit: 'days' }), {
      default: [60, 120, 200],
      doc: 'Days looked back; distances are averaged over those that fit.',
    }),
    shrinkage: t.number({ default: 0.01, min: 0, max: 1, doc: 'Pull of correlations towards 0.' }),
    skip_zeros: t.boolean({
      default: true,
      doc: 'Leave out days on which either atom had no return.',
    }),
  },

  run({ returns }, { threshold, at_most, lookbacks, shrinkage, skip_zeros }) {
    const atoms = returns.texts('atom').map((atom) => atom ?? '');
    const panel = panelOf(returns.time('ts'), atoms, returns.column('ret'));
    const labels = () => {
      const rule = { lookbacks, shrinkage, skipZeros: skip_zeros };
      const { distance } = clusterDistance(panel.values, rule);
      return cutTree(linkage(distance, 'ward'), { height: threshold, atMost: at_most });
    };
    const found = panel.names.length === 0 ? new Int32Array(0) : labels();
    return {
      clusters: Frame.of({
        atom: textColumn(panel.names),
        cluster: Float64Array.from(found, (label) => label + 1),
      }),
    };
  },
});
