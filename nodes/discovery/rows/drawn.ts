import type { SpecOf } from '../../../engine/sdk/index.js';
import type { blueprint } from '../../kinds/blueprint.js';
import type { Blueprint } from '../../kinds/blueprint-lines.js';
import type { cost } from '../../kinds/cost.js';
import type { market } from '../../kinds/market.js';
import { DAY } from '../../math/days.js';
import { fingerprint } from '../../math/fingerprint.js';
import { level } from '../../math/level.js';
import type { Entry } from '../rules/entry.js';
import type { Parts } from '../rules/ontology.js';

/** A promoted candidate with all that a blueprint says of it. */
export interface Drawn {
  readonly id: string;
  readonly event: string;
  readonly family: string;
  readonly template: string;
  readonly state: string | null;
  /** Null where symbols are pooled. */
  readonly symbol: string | null;
  readonly horizon: number;
  readonly entry_lag: number;
  /** Whether its rule has one side for all positions. */
  readonly direction: 'long' | 'short' | 'conditional';
  readonly entry: Entry;
  /** Symbol of each position outside the sample. */
  readonly traded: readonly string[];
  readonly n: number;
  readonly ontology: string;
  readonly parts: Parts;
}

/** What all blueprints of a run share. */
export interface Setting {
  readonly run: string;
  readonly market: SpecOf<typeof market>;
  readonly symbols: readonly string[];
  readonly cost: SpecOf<typeof cost>;
  /** Half the spread that was charged in a symbol, basis points. */
  readonly spreadOf: (symbol: string) => number;
  readonly costDigest: string;
  readonly spec: SpecOf<typeof blueprint>;
  readonly least: number;
  readonly fold: Readonly<Record<'train_from' | 'train_to' | 'test_from' | 'test_to', number>>;
}

/** Equal inputs give equal bytes, so the time of writing is none: the run's manifest has it. */
const EPOCH = '1970-01-01T00:00:00Z';

/** The blueprint of a promoted candidate: what was tested, and nothing that was not. */
export function blueprintOf(drawn: Drawn, setting: Setting): Blueprint {
  const { symbol, direction } = drawn;
  return {
    id: `bp_${fingerprint({ candidate: drawn.id, run: setting.run })}`,
    run_id: setting.run,
    event_type: drawn.event,
    candidate_id: drawn.id,
    symbol_scope: {
      mode: symbol === null ? 'all' : 'single_symbol',
      symbols: symbol === null ? [...setting.symbols].sort() : [symbol],
      candidate_symbol: symbol,
    },
    direction,
    entry: entryOf(drawn),
    exit: exitOf(drawn),
    // Nothing was tested with a stop, and a risk per trade is no size without the distance to one.
    sizing: { mode: 'vol_target', risk_per_trade: null, ...setting.spec.sizing },
    overlays: [],
    evaluation: evaluationOf(drawn, setting),
    lineage: lineageOf(drawn, setting),
  };
}

/** A signal counts where no position is open, as it did in the test: there is no further bar of rest after the exit. */
function entryOf({ event, entry, entry_lag }: Drawn) {
  return {
    triggers: [`${event.toLowerCase()}_event`],
    conditions: entry.state === null ? [] : [entry.state.flag],
    confirmations: [],
    condition_logic: 'all',
    ...entry,
    delay_bars: entry_lag,
    cooldown_bars: 0,
    arm_bars: 0,
    reentry_lockout_bars: 0,
  };
}

/** The horizon and no other exit: a stop, a target or a guard would make a strategy that nobody tested. */
function exitOf({ horizon }: Drawn) {
  return {
    time_stop_bars: horizon,
    invalidation: null,
    stop_type: 'none',
    stop_value: null,
    target_type: 'none',
    target_value: null,
    trailing_stop_type: 'none',
    trailing_stop_value: 0,
    break_even_r: 0,
  };
}

/** Of several symbols the spread is what their trades outside the sample paid on average; without trades, what one in each would. */
function evaluationOf({ n, traded, symbol }: Drawn, { spec, cost, spreadOf, symbols }: Setting) {
  const { share, least, most } = spec.min_trades;
  const paid = traded.length > 0 ? traded : symbol === null ? symbols : [symbol];
  return {
    min_trades: Math.min(most, Math.max(least, Math.floor(share * n))),
    cost_model: {
      fees_bps: cost.taker_bps,
      slippage_bps: level(paid.map(spreadOf)) + cost.slippage_bps,
      funding_included: cost.funding,
    },
    robustness_flags: {
      oos_required: true,
      multiplicity_required: true,
      regime_stability_required: true,
    },
  };
}

function lineageOf(drawn: Drawn, setting: Setting) {
  const { event, family, template, state, n, ontology, parts } = drawn;
  const { fold, market, costDigest, least } = setting;
  return {
    source_path: `spec/events/${family}/${event}.yaml`,
    compiler_version: 'strategy_dsl_v1',
    generated_at_utc: EPOCH,
    bridge_embargo_days_used: (fold.test_from - fold.train_to) / DAY,
    wf_evidence_hash: null,
    wf_status: 'pending',
    events_count_used_for_gate: n,
    min_events_threshold: least,
    cost_config_digest: costDigest,
    promotion_track: 'standard',
    ontology_spec_hash: ontology,
    ontology_parts: parts,
    canonical_event_type: event,
    canonical_family: family,
    state_id: state,
    template_verb: template,
    operator_version: 'formulas_v1',
    discovery_start: iso(fold.train_from),
    discovery_end: iso(fold.train_to),
    constraints: {
      market: market.id,
      bar_seconds: market.spacing / 1000,
      validated_to: iso(fold.test_to),
    },
  };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
