import type { Frame } from '../../../engine/sdk/index.js';
import { givenBook } from '../book/given.js';
import { bookOf } from '../book/quotes.js';
import { sumLiquidations } from '../flow/liquidations.js';
import { basisOf } from '../grid/basis.js';
import type { Grid } from '../grid/grid.js';
import { placeMarks } from '../grid/marks.js';
import { place } from '../grid/place.js';
import { cleanFunding } from '../prints/funding.js';
import { cleanInterest } from '../prints/interest.js';
import type { Handled } from '../quality/handled.js';

/** What a source gave of one symbol. */
export interface Given {
  readonly raw: Frame;
  readonly funding: Frame | undefined;
  readonly spot: Frame | undefined;
  readonly open_interest: Frame | undefined;
  readonly liquidations: Frame | undefined;
  readonly quotes: Frame | undefined;
  readonly tob: Frame | undefined;
  readonly mark: Frame | undefined;
  readonly premium: Frame | undefined;
}

/** Every table that a source gave, made fit for use, each by its own rules. */
export function cleanedOf(
  given: Given,
  grid: Grid,
  { scale, quiet }: { readonly scale: number; readonly quiet: number },
): Cleaned {
  const { open_interest, liquidations, quotes, tob, mark, premium } = given;
  const placed = place(given.raw, grid);
  const spot = given.spot && place(given.spot, grid);
  return {
    bars: placed,
    funding: given.funding && cleanFunding(given.funding, scale),
    spot,
    basis: spot && basisOf(placed.frame, spot.frame),
    open_interest: open_interest && cleanInterest(open_interest),
    liquidations: liquidations && sumLiquidations(liquidations, grid, quiet),
    tob: quotes ? bookOf(quotes, grid) : tob && givenBook(tob, grid),
    mark: mark && placeMarks(mark, grid, true),
    premium: premium && placeMarks(premium, grid, false),
  };
}

/** The clean tables of a symbol; those that no source gave are left out. */
export interface Cleaned {
  readonly bars: Handled;
  readonly funding?: Handled | undefined;
  readonly spot?: Handled | undefined;
  readonly basis?: Handled | undefined;
  readonly open_interest?: Handled | undefined;
  readonly liquidations?: Handled | undefined;
  readonly tob?: Handled | undefined;
  readonly mark?: Handled | undefined;
  readonly premium?: Handled | undefined;
}
