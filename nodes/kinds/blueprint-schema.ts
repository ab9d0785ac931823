import type { JsonObject } from '../../engine/sdk/index.js';

/** The JSON Schema of one blueprint: every field is there, unknown ones are refused. Draft 7. */

const text = { type: 'string', minLength: 1 } as const;
const texts = { type: 'array', items: text } as const;
const some = { ...texts, minItems: 1 } as const;
const whole = { type: 'integer', minimum: 0 } as const;
const above = { type: 'number', exclusiveMinimum: 0 } as const;
const least = { type: 'number', minimum: 0 } as const;
const flag = { type: 'boolean' } as const;

function oneOf(...choices: readonly string[]) {
  return { enum: choices } as const;
}

/** A record in which every field must stand and no other may. */
function record(properties: Readonly<Record<string, JsonObject>>): JsonObject {
  const required = Object.keys(properties);
  return { type: 'object', additionalProperties: false, required, properties };
}

function nullable(schema: JsonObject): JsonObject {
  return { anyOf: [schema, { type: 'null' }] };
}

/** A kind of exit and how far off it is; `none` where nothing of the sort was tested, and then there is no distance. */
const barrier = { kind: oneOf('none', 'atr', 'range_pct', 'percent'), value: nullable(above) };

const OPERATORS = ['>', '>=', '<', '<=', '==', 'crosses_above', 'crosses_below'] as const;
const compared = {
  feature: text,
  operator: oneOf(...OPERATORS, 'in_range', 'zscore_gt', 'zscore_lt'),
  value: { type: 'number' },
  lookback_bars: whole,
  window_bars: whole,
} as const;
const condition: JsonObject = {
  ...record(compared),
  properties: { ...compared, value_high: { type: 'number' } },
};

const entry = record({
  triggers: some,
  conditions: texts,
  confirmations: texts,
  condition_logic: oneOf('all', 'any'),
  condition_nodes: { type: 'array', items: condition },
  delay_bars: { type: 'integer', minimum: 1 },
  cooldown_bars: whole,
  arm_bars: whole,
  reentry_lockout_bars: whole,
});

const exit = record({
  time_stop_bars: { type: 'integer', minimum: 1 },
  invalidation: nullable(
    record({ metric: text, operator: oneOf(...OPERATORS), value: { type: 'number' } }),
  ),
  stop_type: barrier.kind,
  stop_value: barrier.value,
  target_type: barrier.kind,
  target_value: barrier.value,
  trailing_stop_type: barrier.kind,
  trailing_stop_value: least,
  break_even_r: least,
});

const sizing: JsonObject = {
  ...record({
    mode: oneOf('fixed_risk', 'vol_target'),
    risk_per_trade: nullable(above),
    target_vol: nullable(above),
    max_gross_leverage: above,
    max_position_scale: above,
    portfolio_risk_budget: above,
    symbol_risk_budget: above,
  }),
  // The mode needs its number.
  anyOf: [
    { properties: { mode: { const: 'fixed_risk' }, risk_per_trade: above } },
    { properties: { mode: { const: 'vol_target' }, target_vol: above } },
  ],
};

const GUARDS = ['liquidity', 'spread', 'funding', 'cross_venue', 'session'] as const;
const overlay = record({
  name: oneOf(...GUARDS.map((name) => `${name}_guard`), 'risk_throttle'),
  params: { type: 'object' },
});

const evaluation = record({
  min_trades: whole,
  cost_model: record({ fees_bps: least, slippage_bps: least, funding_included: flag }),
  robustness_flags: record({
    oos_required: flag,
    multiplicity_required: flag,
    regime_stability_required: flag,
  }),
});

const lineage = record({
  source_path: text,
  compiler_version: text,
  generated_at_utc: text,
  bridge_embargo_days_used: least,
  wf_evidence_hash: nullable(text),
  wf_status: oneOf('pass', 'trimmed_zero_trade', 'trimmed_worst_negative', 'pending'),
  events_count_used_for_gate: whole,
  min_events_threshold: whole,
  cost_config_digest: text,
  promotion_track: oneOf('standard', 'fallback_only'),
  ontology_spec_hash: { type: 'string', pattern: '^sha256:[0-9a-f]{64}$' },
  canonical_event_type: text,
  canonical_family: text,
  state_id: nullable(text),
  template_verb: text,
  operator_version: text,
  discovery_start: text,
  discovery_end: text,
  constraints: { type: 'object' },
});

/** What `discovery.blueprints` writes, a blueprint a line, and readers check. */
export const blueprintSchema: JsonObject = record({
  id: text,
  run_id: text,
  event_type: text,
  candidate_id: text,
  symbol_scope: record({
    mode: oneOf('single_symbol', 'multi_symbol', 'all'),
    symbols: some,
    candidate_symbol: nullable(text),
  }),
  direction: oneOf('long', 'short', 'both', 'conditional'),
  entry,
  exit,
  sizing,
  overlays: { type: 'array', items: overlay },
  evaluation,
  lineage,
});
