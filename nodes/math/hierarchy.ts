import { pooled, type Sample } from './pool.js';
import { type Learning, priorStrength, type Strength } from './prior-strength.js';

/** One test of a grid: where it hangs in the tree of what is believed to be alike, and what it found. */
export interface Leaf {
  readonly family: string;
  readonly event: string;
  /** Undefined where the test is not conditioned on a state. */
  readonly state: string | undefined;
  readonly sample: Sample;
}

/** Fixed strengths, for levels at which nothing is learnt. */
export interface Fixed {
  readonly family: number;
  readonly event: number;
  readonly state: number;
}

/** How a tree is shrunk. */
export interface Shrinking {
  readonly learning: Omit<Learning, 'fallback'> | undefined;
  readonly fixed: Fixed;
  /**
   * What stands in at family, event and state level while there are too few observations to learn from: the fixed strength, or
   * none, as published code does.
   */
  readonly sparse: 'fixed' | 'none';
  /** Whether families and events are summed up over tests without a state alone, whose trades the others repeat. */
  readonly disjoint: boolean;
}

/** An effect at one level: its value, the weight of the level's own mean in it, and the strength that gave the weight. */
export interface Level {
  readonly effect: number;
  readonly weight: number;
  readonly strength: Strength;
}

/** What a test is believed to be worth, level by level. */
export interface Believed {
  readonly family: Level;
  readonly event: Level;
  /** Of a test without a state: the effect of its event, with weight 0. */
  readonly state: Level;
  readonly leaf: Level;
}

/**
 * Effects of many tests pulled towards those of their kind: all → family → event → state → test. Fitted over the whole grid at
 * once: a family of one event has nothing to learn from.
 * @param leaves  tests of one template and horizon
 * @returns       in the order of `leaves`; effects in the units of their means
 * @see           reference/event-research.md section 6.7
 */
export function shrinkTree(leaves: readonly Leaf[], how: Shrinking): readonly Believed[] {
  const summed = how.disjoint ? leaves.filter(({ state }) => state === undefined) : leaves;
  const families = grouped(summed, ({ family }) => family);
  const events = grouped(summed, eventOf);
  const states = grouped(
    leaves.filter(({ state }) => state !== undefined),
    stateOf,
  );
  const all = pooled(summed.map(({ sample }) => sample));
  const ofFamilies = strength([...families.values()].map(sampleOf), how.fixed.family, how);
  const ofEvents = perParent(events, ({ family }) => family, how.fixed.event, how);
  const ofStates = perParent(states, eventOf, how.fixed.state, how);
  const ofLeaves = leafStrengths(leaves, how);
  return leaves.map((leaf): Believed => {
    const family = level(families.get(leaf.family), all.mean, ofFamilies);
    const event = level(events.get(eventOf(leaf)), family.effect, given(ofEvents, leaf.family));
    const state =
      leaf.state === undefined
        ? { effect: event.effect, weight: 0, strength: NONE }
        : level(states.get(stateOf(leaf)), event.effect, given(ofStates, eventOf(leaf)));
    const own = level([leaf], state.effect, given(ofLeaves, stateOf(leaf)));
    return { family, event, state, leaf: own };
  });
}

/** Nothing is pulled. */
const NONE: Strength = { lambda: 0, status: 'fixed' };

function eventOf({ family, event }: Leaf): string {
  return `${family}\n${event}`;
}

function stateOf(leaf: Leaf): string {
  return `${eventOf(leaf)}\n${leaf.state ?? ''}`;
}

function grouped(leaves: readonly Leaf[], key: (leaf: Leaf) => string) {
  const groups = new Map<string, Leaf[]>();
  for (const leaf of leaves) {
    const group = groups.get(key(leaf)) ?? [];
    group.push(leaf);
    groups.set(key(leaf), group);
  }
  return groups;
}

function sampleOf(leaves: readonly Leaf[]): Sample {
  return pooled(leaves.map(({ sample }) => sample));
}

/** Strengths by parent, of groups that have theirs in common. */
function perParent(
  groups: ReadonlyMap<string, readonly Leaf[]>,
  parentOf: (leaf: Leaf) => string,
  fixed: number,
  how: Shrinking,
): ReadonlyMap<string, Strength> {
  const children = new Map<string, Sample[]>();
  for (const leaves of groups.values()) {
    const [first] = leaves;
    if (first === undefined) continue;
    const siblings = children.get(parentOf(first)) ?? [];
    siblings.push(sampleOf(leaves));
    children.set(parentOf(first), siblings);
  }
  return new Map([...children].map(([parent, c]) => [parent, strength(c, fixed, how)]));
}

/** Of tests with their siblings of one event and state, mostly other symbols; where nothing can be learnt, the fixed strength. */
function leafStrengths(leaves: readonly Leaf[], how: Shrinking): ReadonlyMap<string, Strength> {
  const siblings = grouped(leaves, stateOf);
  return new Map(
    [...siblings].map(([key, group]) => {
      const samples = group.map(({ sample }) => sample);
      const found = strength(samples, how.fixed.state, { ...how, sparse: 'fixed' });
      if (found.status !== 'single_child') return [key, found];
      return [key, { lambda: how.fixed.state, status: found.status }];
    }),
  );
}

function strength(children: readonly Sample[], fixed: number, how: Shrinking): Strength {
  if (how.learning === undefined) return { lambda: fixed, status: 'fixed' };
  const fallback = how.sparse === 'fixed' ? fixed : 0;
  return priorStrength(children, { ...how.learning, fallback });
}

function given(strengths: ReadonlyMap<string, Strength>, key: string): Strength {
  return strengths.get(key) ?? NONE;
}

/** A group's own mean, pulled towards its parent's effect; without observations it is that. */
function level(group: readonly Leaf[] | undefined, parent: number, strength: Strength): Level {
  const { n, mean } = sampleOf(group ?? []);
  const weight = n > 0 ? n / (n + strength.lambda) : 0;
  return { effect: weight * mean + (1 - weight) * parent, weight, strength };
}
