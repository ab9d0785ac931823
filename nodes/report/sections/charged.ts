import type { Gathered, SpecOf } from '../../../engine/sdk/index.js';
import type { cost } from '../../kinds/cost.js';
import { type Costs, type HalfSpread, halfSpreadOf } from '../../kinds/costs.js';
import { type Block, columns, type Origin, paragraph } from '../page/document.js';
import { fixed, NOTHING, whole } from '../page/numbers.js';

type Spec = SpecOf<typeof cost>;
type Measured = readonly Gathered<Costs>[];

/** What fills in one symbol paid, in one window or in several. */
interface Paid {
  readonly symbol: string;
  readonly spreads: readonly HalfSpread[];
  /** Bars with a spread in each window. */
  readonly bars: readonly number[];
}

/** Why half the spread is the declared one. */
const REASONS = {
  declared: 'the costs ask for it',
  not_measured: 'nobody looked at quotes',
  no_quotes: 'there are no quotes',
  few_quotes: 'too few bars have a quote',
} as const;

/** What a trade costs a side, in a sentence; a range where symbols differ. */
export function sideSentence(spec: Spec, measured: Measured | undefined): string {
  const sides = paidIn(spec, measured ?? []).flatMap(({ spreads }) => {
    return spreads.map(({ bps }) => spec.taker_bps + bps + spec.slippage_bps);
  });
  const declared = spec.taker_bps + spec.half_spread_bps + spec.slippage_bps;
  const told = range(sides.length > 0 ? sides : [declared], 1);
  return told.includes('…')
    ? `A trade costs ${told} basis points a side, by the quotes of each symbol.`
    : `A trade costs ${told} basis points a side.`;
}

/** Half the spread as the rule of costs tells it. */
export function spreadRule(spec: Spec): string {
  return spec.model === 'calibrated'
    ? `half the median spread of the symbol's own quotes in the training window, or ${fixed(spec.half_spread_bps, 1)} without quotes,`
    : `${fixed(spec.half_spread_bps, 1)} (half spread)`;
}

/** What every symbol paid and where its spread is from; nothing where the same is declared for all. */
export function chargedBlocks(
  spec: Spec,
  measured: Measured | undefined,
  origin: (port: string) => Origin,
): readonly Block[] {
  if (spec.model === 'static' || measured === undefined) return [];
  const all = paidIn(spec, measured);
  if (all.every(({ spreads }) => spreads.every(({ reason }) => reason === 'no_quotes'))) {
    const names = all.map(({ symbol }) => symbol).join(', ');
    return [
      paragraph(
        `There are no quotes of ${names}: half the spread is the declared one, ${fixed(spec.half_spread_bps, 1)} basis points, the same for every symbol however wide its book was.`,
      ),
    ];
  }
  return [
    {
      kind: 'table',
      title: 'What a fill cost, by symbol',
      columns: columns(['Symbol', 'Spread from'], ['Half spread, bp', 'A side, bp', 'Bars']),
      rows: all.map(({ symbol, spreads, bars }) => [
        symbol,
        fromOf(spreads),
        range(
          spreads.map(({ bps }) => bps),
          2,
        ),
        range(
          spreads.map(({ bps }) => spec.taker_bps + bps + spec.slippage_bps),
          2,
        ),
        bars.length === 0 ? NOTHING : whole(Math.min(...bars)),
      ]),
      origin: origin('costs'),
      note: 'Half the median spread of the training window, the same in discovery and outside the sample; a range where windows differ. Bars: those with a spread, in the window that has fewest.',
    },
  ];
}

function paidIn(spec: Spec, measured: Measured): readonly Paid[] {
  const symbols = [...new Set(measured.map(({ at }) => at.symbol ?? ''))];
  return symbols.map((symbol) => {
    const own = measured.filter(({ at }) => (at.symbol ?? '') === symbol);
    return {
      symbol,
      spreads: own.map((one) => halfSpreadOf(spec, [one], symbol)),
      bars: own.map(({ value }) => value.n_bars),
    };
  });
}

function fromOf(spreads: readonly HalfSpread[]): string {
  const told = spreads.map(({ reason }) => {
    return reason === null ? 'quotes' : `declared: ${REASONS[reason]}`;
  });
  return [...new Set(told)].join('; ');
}

/** One number, or the least and the most where they read differently. */
function range(values: readonly number[], decimals: number): string {
  const ends = [Math.min(...values), Math.max(...values)].map((x) => fixed(x, decimals));
  return [...new Set(ends)].join(' … ');
}
