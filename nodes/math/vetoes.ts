/** What a policy knows of an atom. A number that cannot be told is NaN and counts as the worst, never as a pass. */
export interface PoolAtom {
  readonly id: string;
  /** What the atom is at bottom, e.g. its symbol: of one identity a cluster recruits only the best. */
  readonly identity: string;
  readonly direction: 'LONG' | 'SHORT';
  /** Larger is better, for either direction. */
  readonly score: number;
  readonly entropy: number;
  readonly efficiency: number;
  readonly hurst: number;
  readonly kurtosis: number;
  /** A year, as a fraction. */
  readonly volatility: number;
  /** A year, as a fraction, in the direction of the atom. */
  readonly momentum: number;
  readonly survival: number;
  /** Turnover a day; NaN takes the usual value. */
  readonly valueTraded: number;
  /** Has what an order needs: tick, lot and price precision. Left out where nothing asks for it. */
  readonly executable?: boolean | undefined;
  /** Rate of change and daily volatility, percent; left out where they are not known by the day. */
  readonly roc?: number | undefined;
  readonly dailyVolatility?: number | undefined;
  /** A benchmark is exempt from every veto. */
  readonly benchmark?: boolean | undefined;
}

/** Limits at one stage of relaxation. */
export interface Limits {
  readonly entropyMost: number;
  readonly efficiencyLeast: number;
  readonly kurtosisMost: number;
  readonly volatilityMost: number;
  readonly survivalLeast: number;
  /** Atoms between are random walks; undefined: no such veto. */
  readonly hurstBand?: readonly [number, number] | undefined;
  /** Momentum after the cost of an order must be at least this. */
  readonly hurdle: number;
  readonly orderSize: number;
  readonly usualValue: number;
  readonly rocMost: number;
  readonly rocLeast: number;
  readonly dailyVolatilityMost: number;
}

export type VetoReason =
  | 'metadata'
  | 'survival'
  | 'entropy'
  | 'efficiency'
  | 'kurtosis'
  | 'volatility'
  | 'velocity'
  | 'random_walk'
  | 'friction';

/** One reason to refuse an atom. */
export interface Veto {
  readonly reason: VetoReason;
  readonly value: number;
  readonly limit: number;
}

/** Reasons that no stage may overlook. */
export const NEVER_RELAXED: readonly VetoReason[] = [
  'metadata',
  'survival',
  'kurtosis',
  'volatility',
];

/** A strong trend may be short of the hurdle's margin if it keeps this much of it. */
const STRONG = { momentum: 1, margin: 1.25 };

/** Every reason to refuse an atom, in the order of the type; none for a benchmark. */
export function vetoesOf(atom: PoolAtom, limits: Limits): readonly Veto[] {
  if (atom.benchmark) return [];
  const { entropyMost, efficiencyLeast, kurtosisMost, volatilityMost, survivalLeast } = limits;
  const entropy = Number.isNaN(atom.entropy) ? 1 : atom.entropy;
  const [low, high] = limits.hurstBand ?? [NaN, NaN];
  const walks = atom.hurst > low && atom.hurst < high;
  const checks: readonly (readonly [VetoReason, boolean, number, number])[] = [
    ['metadata', atom.executable === false, 0, 1],
    ['survival', !(atom.survival >= survivalLeast), atom.survival, survivalLeast],
    ['entropy', entropy > entropyMost, atom.entropy, entropyMost],
    ['efficiency', !(atom.efficiency >= efficiencyLeast), atom.efficiency, efficiencyLeast],
    ['kurtosis', !(atom.kurtosis <= kurtosisMost), atom.kurtosis, kurtosisMost],
    ['volatility', !(atom.volatility <= volatilityMost), atom.volatility, volatilityMost],
    ...velocity(atom, limits),
    [
      'random_walk',
      walks,
      atom.hurst,
      Math.abs(atom.hurst - low) < Math.abs(high - atom.hurst) ? low : high,
    ],
    friction(atom, limits),
  ];
  return checks
    .filter(([, broken]) => broken)
    .map(([reason, , value, limit]) => ({ reason, value, limit }));
}

function velocity({ roc, dailyVolatility }: PoolAtom, limits: Limits) {
  const { rocMost, rocLeast, dailyVolatilityMost } = limits;
  const fast = roc !== undefined && (roc > rocMost || roc < rocLeast);
  const wild = dailyVolatility !== undefined && dailyVolatility > dailyVolatilityMost;
  const [value, limit] = fast
    ? [roc, roc > rocMost ? rocMost : rocLeast]
    : [dailyVolatility ?? NaN, dailyVolatilityMost];
  return [['velocity', fast || wild, value, limit]] as const;
}

/** The cost of an order: volatility · √(order size / value traded). */
function friction({ momentum, volatility, valueTraded }: PoolAtom, limits: Limits) {
  const { hurdle, orderSize, usualValue } = limits;
  const traded = Number.isNaN(valueTraded) ? usualValue : valueTraded;
  const left = momentum - volatility * Math.sqrt(orderSize / traded);
  const strong = momentum > STRONG.momentum && left >= STRONG.margin * hurdle;
  return ['friction', !(left >= hurdle) && !strong, left, hurdle] as const;
}
