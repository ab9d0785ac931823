import { defineNode, type JsonObject, port, t } from '../../engine/sdk/index.js';
import { market } from '../kinds/market.js';
import { profile } from '../kinds/profile.js';
import { capGroups } from '../math/caps.js';
import { matrixOfColumns } from '../math/matrix.js';
import { panelOf } from '../math/panel.js';
import { atoms, returns, weights, winners } from '../ports.js';
import { groupsOf, spread, symbolsOf, weightFrame } from './layers/groups.js';
import { capFor, mixOf, type Profile, warnOfCaps } from './layers/mix.js';

/*
 * 1. Within a cluster, weights ∝ 1/variance make one stream; flat members and clusters drop out.
 * 2. Clusters are weighed by the profile, none above the cap.
 * 3. Atom = cluster × within. A symbol whose atoms together exceed its cap is scaled down; what that frees is cash.
 * 4. Caps that forbid full investment are raised or leave cash, as the profile says. Nothing here is silent.
 */

export default defineNode({
  type: 'allocation.weights',
  doc: 'Weigh winners in two layers, clusters by the profile and members by their calm, within caps.',
  source:
    'Ledoit & Wolf (2004), J. Multivariate Analysis 88(2); Markowitz (1952), Journal of Finance 7(1)',
  time: 'fit',

  in: { winners, atoms, returns },
  out: {
    weights,
    solution: port.json<JsonObject>('How the weights were found: status, caps, fallbacks.'),
  },
  params: {
    profile: t.spec(profile, { doc: 'Objective and caps.' }),
    market: t.spec(market, { doc: 'Its calendar annualises.' }),
  },
  errors: { 'allocation/no-stream': 'Winner {atom} has no stream.' },
  warnings: {
    'allocation/fallback':
      'No {method} mix was found at ridge {wanted}, where the covariance is singular: it was found at {ridge}.',
    'allocation/cap-relaxed':
      '{things} cannot be fully invested at a cap of {cap}: the cap of a {what} is {effective}, that of a {other} {other_cap}; what these leave over stays cash.',
  },

  run({ winners, atoms, returns }, { profile, market }, ctx) {
    const names = returns.texts('atom').map((atom) => atom ?? '');
    const panel = panelOf(returns.time('ts'), names, returns.column('ret'));
    const lost = (atom: string | null) => ctx.refuse('allocation/no-stream', { atom });
    const groups = groupsOf(winners, panel, lost);
    const alive = groups.filter(({ layer }) => layer.members.length > 0);
    if (alive.length === 0) {
      return cash(profile, winners.length === 0 ? 'no winners' : 'only flat streams');
    }
    const streams = matrixOfColumns(alive.map(({ layer }) => layer.stream));
    const mix = mixOf(streams, profile, market.calendar.days_per_year, ctx);
    const rows = spread(alive, mix.weights, panel.names);
    const symbols = symbolsOf(atoms, rows);
    const held = new Set(symbols).size;
    const symbolCap = capFor(profile.symbol_cap, held, profile);
    warnOfCaps(
      { what: 'cluster', count: alive.length, wanted: profile.cluster_cap, effective: mix.cap },
      { what: 'symbol', count: held, wanted: profile.symbol_cap, effective: symbolCap },
      ctx,
    );
    const capped = capGroups(
      rows.map((r) => r.weight),
      symbols,
      symbolCap,
    );
    const invested = capped.weights.reduce((sum, w) => sum + w, 0);
    return {
      weights: weightFrame(rows, capped.weights),
      solution: {
        profile: profile.id,
        status: mix.status,
        fallbacks: [],
        clusters: alive.length,
        atoms: rows.length,
        flat: groups.length - alive.length,
        cluster_cap: mix.cap,
        symbol_cap: symbolCap,
        cap_relaxed: mix.cap > profile.cluster_cap || symbolCap > profile.symbol_cap,
        symbols_at_cap: capped.bound,
        invested,
        cash: Math.max(0, 1 - invested),
        ...mix.told,
      },
    };
  },
});

/** Nothing to hold is a result like any other. */
function cash({ id, cluster_cap, symbol_cap }: Profile, why: string) {
  const solution: JsonObject = {
    profile: id,
    status: 'cash',
    why,
    fallbacks: [],
    clusters: 0,
    atoms: 0,
    flat: 0,
    cluster_cap,
    symbol_cap,
    cap_relaxed: false,
    symbols_at_cap: [],
    invested: 0,
    cash: 1,
  };
  return { weights: weightFrame([], []), solution };
}
