import type { JsonObject } from '../../engine/sdk/index.js';
import type { Proportion } from '../math/proportion.js';

/** How often discovery finds an effect of one size that is there, beside how often it should. Returns are fractions. */
export interface PowerRow {
  readonly [key: string]: unknown;
  /** Drift that was planted. */
  readonly drift: number;
  readonly markets: number;
  /** Markets in which the hypothesis was tested at all. */
  readonly tested: number;
  readonly found: Proportion & { readonly markets: number };
  /** Markets in which it passed every other gate, too. */
  readonly passed: Proportion & { readonly markets: number };
  /** Mean number of occurrences that were traded. */
  readonly n: number | null;
  /** What of the drift reached a trade, before costs: beside the same market without it. */
  readonly reached: number | null;
  /** Mean standard error of the expectancy. */
  readonly error: number | null;
  /** Share of markets in which it should be found: mean over all of them. */
  readonly expected: number;
}

/** The curve of one planted effect, sizes ascending. */
export interface Power {
  readonly [key: string]: unknown;
  /** The market that it was planted in. */
  readonly market: string;
  /** What a trade paid there: the smaller, the more is found. */
  readonly cost: string;
  /** What those costs charge a side, as declared. */
  readonly side: number;
  readonly effect: string;
  readonly event: string;
  readonly template: string;
  /** How long the effect drifts and the hypothesis holds, ms. */
  readonly over: number;
  /** q-value up to which it counts as found. */
  readonly level: number;
  /** Hypotheses tested in one market, on average: the more of them, the smaller a p-value has to be. */
  readonly tests: number;
  readonly rows: readonly PowerRow[];
}

const text = { type: 'string', minLength: 1 };
const number = { type: 'number' };
const share = { type: 'number', minimum: 0, maximum: 1 };
const count = { type: 'integer', minimum: 0 };
const mean = { type: ['number', 'null'] };
const rate = record({ markets: count, share, low: share, high: share });

/** JSON Schema of curves: what was published is read back by whatever version comes later. */
export const powerSchema: JsonObject = {
  type: 'array',
  items: record({
    market: text,
    cost: text,
    side: { type: 'number', minimum: 0 },
    effect: text,
    event: text,
    template: text,
    over: { type: 'number', exclusiveMinimum: 0 },
    level: { type: 'number', exclusiveMinimum: 0, maximum: 1 },
    tests: { type: 'number', minimum: 0 },
    rows: {
      type: 'array',
      minItems: 1,
      items: record({
        drift: number,
        markets: { type: 'integer', minimum: 1 },
        tested: count,
        found: rate,
        passed: rate,
        n: mean,
        reached: mean,
        error: mean,
        expected: share,
      }),
    },
  }),
};

/** An object with these fields, all of them and no others. */
function record(properties: JsonObject): JsonObject {
  const required = Object.keys(properties);
  return { type: 'object', properties, required, additionalProperties: false };
}
