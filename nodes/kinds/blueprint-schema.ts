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

function told(schema: JsonObject, description: string): JsonObject {
  return { ...schema, description };
}

function nullable(schema: JsonObject): JsonObject {
  return { anyOf: [schema, { type: 'null' }] };
}

/** What is demanded where fields are as told. */
function where(properties: JsonObject, demands: JsonObject): JsonObject {
  return { anyOf: [{ not: { properties } }, demands] };
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
  allOf: [
    where(
      { operator: oneOf('zscore_gt', 'zscore_lt') },
      { properties: { window_bars: { minimum: 2 } } },
    ),
    where({ operator: { const: 'in_range' } }, { required: ['value_high'] }),
  ],
};

/* What the published fields have no place for: which way, and what the template asks. */
const side = record({
  times: told({ enum: [1, -1] }, 'The side of a position is this times that of its decision.'),
  columns: told(
    texts,
    'Columns of the row of the event: the first that is not 0 is the side of the decision; where all are 0 nothing is traded. Empty where a formula gives the side.',
  ),
  formula: told(
    nullable(text),
    'The sign of this at the bar of the signal is the side of the decision; 0 or missing is not traded.',
  ),
});
const wait = record({ bars: { type: 'integer', minimum: 1 }, for: text });
const held = record({ flag: text, rule: text });

const entry = record({
  triggers: told(some, 'Flags of events; the bar at which they are true is the signal.'),
  conditions: told(texts, 'Flags that must be true at the signal.'),
  confirmations: texts,
  condition_logic: oneOf('all', 'any'),
  condition_nodes: told(
    { type: 'array', items: condition },
    'Those comparisons of `when` and `keep` that a node can say, at the signal; the formulas say all.',
  ),
  side,
  when: told(nullable(text), 'A formula that must be true at the signal.'),
  wait: told(
    nullable(wait),
    'Decided at the first of the next `bars` bars after the signal at which `for` is true, and never if there is none; null: at the signal. Of two decisions at one bar the earlier signal counts.',
  ),
  keep: told(nullable(text), 'A formula that must be true at the bar that decides.'),
  state: told(
    nullable(held),
    'What must hold at the signal: its flag, which is also a condition, and the rule of the flag. In rules of states an event stands by its id, true at its signal, with `ID.side` and `ID.severity` there, and another state by its id.',
  ),
  delay_bars: told(
    { type: 'integer', minimum: 1 },
    'Bars from the close that decides to the close that enters. A decision before the exit of the last position is passed over.',
  ),
  cooldown_bars: told(
    whole,
    'Bars after an exit at which nothing is decided, that of the exit the first of them.',
  ),
  arm_bars: whole,
  reentry_lockout_bars: whole,
});

const exit = record({
  time_stop_bars: told(
    { type: 'integer', minimum: 1 },
    'Bars from the entry to the exit, close to close. A decision without a price at either was not tested.',
  ),
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
    target_vol: told(
      nullable(above),
      'A position is this over the deviation of the returns of its symbol, a year: one bar’s times √ of the bars of a year.',
    ),
    vol_window_bars: told(
      nullable({ type: 'integer', minimum: 2 }),
      'Returns up to the bar that decides over which that deviation is taken.',
    ),
    max_gross_leverage: above,
    max_position_scale: above,
    portfolio_risk_budget: above,
    symbol_risk_budget: above,
  }),
  // The mode needs its number.
  anyOf: [
    { properties: { mode: { const: 'fixed_risk' }, risk_per_trade: above } },
    {
      properties: {
        mode: { const: 'vol_target' },
        target_vol: above,
        vol_window_bars: { type: 'integer' },
      },
    },
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

const digest = { type: 'string', pattern: '^sha256:[0-9a-f]{64}$' } as const;
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
  ontology_spec_hash: digest,
  ontology_parts: told(
    { type: 'object', minProperties: 2, additionalProperties: digest },
    'Digests of the rules below that hash, by what they are rules of: so that it can be told which has changed.',
  ),
  canonical_event_type: text,
  canonical_family: text,
  state_id: nullable(text),
  template_verb: text,
  operator_version: text,
  discovery_start: text,
  discovery_end: text,
  constraints: record({
    market: text,
    bar_seconds: told(above, 'Length of the bars that everything here is counted in.'),
    validated_to: text,
  }),
});

const fields = record({
  id: text,
  run_id: text,
  event_type: text,
  candidate_id: text,
  symbol_scope: record({
    mode: oneOf('single_symbol', 'multi_symbol', 'all'),
    symbols: some,
    candidate_symbol: nullable(text),
  }),
  direction: told(
    oneOf('long', 'short', 'both', 'conditional'),
    'Of positions. `conditional`: the side of each decision times `entry.side.times`, not that of the event alone.',
  ),
  entry,
  exit,
  sizing,
  overlays: { type: 'array', items: overlay },
  evaluation,
  lineage,
});

/** What `discovery.blueprints` writes, a blueprint a line, and readers check. */
export const blueprintSchema: JsonObject = {
  title: 'blueprint',
  description:
    'One line of blueprints.jsonl: what was tested, whole, and nothing else. Fields are those published for the event research platform and, where these cannot say it, the rule as formulas over features and context, their parameters in place (docs/reference/operators.md). In them `$side` is the side of the decision, +1 or -1, and `$waited` the bars since the signal; what is missing is not true.',
  ...fields,
  // A risk per trade over the distance to a stop is no size where there is no stop.
  ...where(
    { sizing: { properties: { mode: { const: 'fixed_risk' } } } },
    { properties: { exit: { properties: { stop_value: above } } } },
  ),
};
