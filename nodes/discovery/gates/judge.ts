import type { SpecOf } from '../../../engine/sdk/index.js';
import type { gates } from '../../kinds/gates.js';

type Gates = SpecOf<typeof gates>;

/** What gates look at; a missing number holds none. */
export interface Tested {
  readonly event: string;
  /** Whether a state conditions it. */
  readonly conditioned: boolean;
  /** Whether nothing could be looked for, because the data are not there. */
  readonly dark: boolean;
  /** Whether it is the test of another hypothesis under a second name. */
  readonly again: boolean;
  readonly n: number;
  /** Occurrences its state asks for; NaN without a state. */
  readonly asked: number;
  /** Shrunken expectancy before costs, fraction of notional. */
  readonly gross: number;
  /** Unshrunk. */
  readonly own: number;
  /** Of a whole trade, fraction of notional. */
  readonly cost: number;
  /** Share of its own mean in `gross`. */
  readonly weight: number;
  readonly q: number;
  readonly t: number;
  readonly stable: boolean;
}

/** Bounds that an event may have of its own. */
export interface Bounds {
  /** Share of false finds that is accepted. */
  readonly fdr: number;
  readonly sample_least: number;
  /** Basis points. */
  readonly edge_least: number;
  readonly stress: number;
  readonly stable: boolean;
}

/** One gate, held or not. */
export interface Gate {
  readonly name: Name;
  readonly value: number;
  readonly threshold: number;
  readonly held: boolean;
}

/** In alphabetical order, as the table of gates has them. */
type Name =
  | 'available'
  | 'cost_ratio'
  | 'distinct'
  | 'edge'
  | 'multiplicity'
  | 'sample'
  | 'stability'
  | 'state_information'
  | 'stressed_edge'
  | 'tested';

/** The bounds of every event, and those of one that has its own. */
export function boundsOf(gates: Gates, fdr: number, event?: string): Bounds {
  const { sample_least, edge_least, stress, stable } = gates;
  const plain = { fdr, sample_least, edge_least, stress, stable };
  const own = gates.overrides.find((o) => o.event === event);
  if (own === undefined) return plain;
  return {
    fdr: own.fdr ?? fdr,
    sample_least: own.sample_least ?? sample_least,
    edge_least: own.edge_least ?? edge_least,
    stress: own.stress ?? stress,
    stable: own.stable ?? stable,
  };
}

/** Every gate a test is held against, by name. */
export function judged(test: Tested, bounds: Bounds, gates: Gates): readonly Gate[] {
  const edge = bounds.edge_least / 10_000;
  const { gross, cost, n, asked } = test;
  const sample = Number.isNaN(asked) ? bounds.sample_least : Math.max(bounds.sample_least, asked);
  return [
    least('available', test.dark ? 0 : 1, 1),
    most('cost_ratio', cost / Math.max(Math.abs(gross), SMALLEST), gates.cost_ratio_most),
    least('distinct', test.again ? 0 : 1, 1),
    least('edge', cautious(test) - cost, edge),
    most('multiplicity', test.q, bounds.fdr),
    least('sample', n, sample),
    least('stability', test.stable ? 1 : 0, bounds.stable ? 1 : 0),
    information(test, gates),
    least('stressed_edge', cautious(test) - bounds.stress * cost, edge),
    least('tested', Number.isNaN(test.q) ? 0 : 1, 1),
  ];
}

/**
 * The lesser of what it earned itself and of what its kind lets expect: what lost money is no find because its kind earned,
 * and what earned is none where its kind says that was luck.
 */
function cautious({ own, gross }: Tested): number {
  return Math.min(own, gross);
}

/** Without a state there is nothing it could borrow from the state's kind: yes, whatever its weight. */
function information({ conditioned, weight }: Tested, { information_least }: Gates): Gate {
  return conditioned
    ? least('state_information', weight, information_least)
    : least('state_information', 1, 1);
}

/** An effect that costs are divided by is at least this, fraction of notional. */
const SMALLEST = 1e-9;

function least(name: Name, value: number, threshold: number): Gate {
  return { name, value, threshold, held: value >= threshold };
}

function most(name: Name, value: number, threshold: number): Gate {
  return { name, value, threshold, held: value <= threshold };
}

/** In the order in which reasons are told. */
const REASONS: readonly (readonly [Name, string])[] = [
  ['tested', 'not_tested'],
  ['multiplicity', 'multiplicity'],
  ['sample', 'sample'],
  ['edge', 'edge'],
  ['stressed_edge', 'stressed_edge'],
  ['cost_ratio', 'cost_ratio'],
  ['stability', 'stability'],
  ['state_information', 'state_information'],
];

/** What was not held, in the words of reports; of what could not be looked for or is another test again, that alone. */
export function reasonsOf(held: readonly Gate[]): readonly string[] {
  const failed = (asked: Name) => held.some(({ name, held }) => name === asked && !held);
  if (failed('available')) return ['unavailable'];
  if (failed('distinct')) return ['same_trades'];
  return REASONS.filter(([name]) => failed(name)).map(([, told]) => told);
}

const QUALITY: ReadonlySet<Name> = new Set([
  'edge',
  'stressed_edge',
  'stability',
  'state_information',
]);

/** Share of the four gates of quality that are held; 0 for what was not tested. */
export function qualityOf(held: readonly Gate[]): number {
  if (held.some(({ name, held }) => name === 'tested' && !held)) return 0;
  return held.filter((gate) => QUALITY.has(gate.name) && gate.held).length / QUALITY.size;
}

/** Whether what failed is good enough to be kept for study. */
export function isKept(test: Tested, quality: number, { fallback }: Gates): boolean {
  return (
    quality >= fallback.quality_least &&
    test.n >= fallback.sample_least &&
    cautious(test) - test.cost >= fallback.edge_least / 10_000 &&
    test.t >= fallback.t_least
  );
}
