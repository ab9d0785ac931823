import {
  ABSENT,
  type Context,
  defineNode,
  type Frame,
  optional,
  port,
  t,
} from '../../engine/sdk/index.js';
import {
  barFlags,
  bars,
  basis,
  funding,
  liquidations,
  marks,
  openInterest,
  rawBars,
  rawFunding,
  rawLiquidations,
  rawMarks,
  rawOpenInterest,
  rawQuotes,
  rawSpot,
  topOfBook,
} from '../ports.js';
import { flagsOf } from './flags/flags.js';
import { CERTAIN, guessScale, isTooLarge, OPENING, SCALES, type Scale } from './prints/scale.js';
import { type Quality, qualityOf } from './quality/quality.js';
import { cleanedOf } from './tables/cleaned.js';

const MOST_BARS = 20_000_000;
const MINUTE = 60_000;
/** The bars that `spec/contracts/` is written for: when a row is known is a fact of the contract. */
const FIVE_MINUTES = 5 * MINUTE;
const DAY = 86_400_000;

export default defineNode({
  type: 'clean.market',
  doc: 'Every table of one symbol made fit for use: bars on a full grid with gaps left missing, broken rows quarantined and named, prints and readings at their own times, quotes and forced orders by bar.',
  time: 'trailing',

  in: {
    raw: rawBars,
    funding: optional(rawFunding),
    spot: optional(rawSpot),
    open_interest: optional(rawOpenInterest),
    liquidations: optional(rawLiquidations),
    quotes: optional(rawQuotes),
    tob: optional(topOfBook),
    mark: optional(rawMarks),
    premium: optional(rawMarks),
  },
  out: {
    bars,
    funding: optional(funding),
    spot: optional(bars),
    open_interest: optional(openInterest),
    liquidations: optional(liquidations),
    tob: optional(topOfBook),
    mark: optional(marks),
    premium: optional(marks),
    basis: optional(basis),
    flags: barFlags,
    missing_share: port.scalar(
      'Share of bars without a usable row, from the first row to the last.',
    ),
    quality: port.json<Quality>('Coverage of each table in all and by month, and what was odd.'),
  },
  params: {
    spacing: t.duration({ default: '5m', doc: 'Length of a bar.' }),
    span: t.optional(
      t.span({ doc: 'Days the grid covers; without it, from the first bar to the last.' }),
    ),
    warmup: t.duration({ default: '0d', doc: 'History before the span that the grid covers too.' }),
    funding_scale: t.choice(['decimal', 'percent', 'bps', 'unknown'], {
      default: 'decimal',
      doc: 'What funding rates are in; the scale of an unknown source is taken only where their size leaves no doubt.',
    }),
    quiet: t.duration({
      default: '1h',
      doc: 'How long nobody may be liquidated across midnight for a bar to count as covered; within a day anything earlier does.',
    }),
  },
  shape: (ins, { spacing }, ctx) => {
    const [own] = ins.raw?.columns ?? [];
    const length = own?.delay ?? spacing;
    if (length !== FIVE_MINUTES)
      ctx.wrong('spacing', 'clean/other-bars', { minutes: length / MINUTE });
    else if (spacing !== FIVE_MINUTES)
      ctx.wrong('spacing', 'clean/other-grid', { minutes: spacing / MINUTE });
    return {
      ...(ins.funding ? {} : { funding: ABSENT }),
      ...(ins.spot ? {} : { spot: ABSENT, basis: ABSENT }),
      ...(ins.open_interest ? {} : { open_interest: ABSENT }),
      ...(ins.liquidations ? {} : { liquidations: ABSENT }),
      ...(ins.quotes || ins.tob ? {} : { tob: ABSENT }),
      ...(ins.mark ? {} : { mark: ABSENT }),
      ...(ins.premium ? {} : { premium: ABSENT }),
    };
  },
  errors: {
    'clean/no-rows': 'There is no raw bar to put on a grid.',
    'clean/too-many-bars':
      'From {from} to {to} there would be {bars} bars; at most {limit} make sense.',
    'clean/other-bars':
      'The bars are up to {minutes} minutes long; the contracts of clean tables are for bars of 5 minutes.',
    'clean/other-grid':
      'The grid would be of {minutes} minutes; the contracts of clean tables are for bars of 5 minutes.',
    'clean/two-books': 'Top of book comes from quotes and by bar as well; one of them is enough.',
    'clean/unknown-scale':
      'What funding rates of up to {largest} are in cannot be told from their size: say so in `funding_scale`.',
    'clean/wrong-scale':
      'The first {prints} funding rates are each more than 5 % of the notional for one interval, if they are {scale} as `funding_scale` says.',
  },
  warnings: {
    'clean/other-interval':
      '{count} prints of funding tell an interval that no venue has, or that had not passed since the print before. What they tell stands where it is 24 hours at most, else the time since the print before.',
    'clean/short':
      'The source is short by as many bars as make {days} days of what was asked for: its first opens at {first}, its last at {last}.',
  },

  run(ins, { spacing, span, warmup, funding_scale, quiet }, ctx) {
    const { raw } = ins;
    if (raw.length === 0) ctx.refuse('clean/no-rows');
    if (ins.quotes && ins.tob) ctx.refuse('clean/two-books');
    const ts = raw.time('ts');
    const from = span ? span.from - warmup : Math.floor((ts[0] ?? 0) / spacing) * spacing;
    const to = span ? span.to : (ts[ts.length - 1] ?? 0) + 1;
    const grid = { from, bars: Math.ceil((to - from) / spacing), spacing };
    if (grid.bars > MOST_BARS) {
      ctx.refuse('clean/too-many-bars', { from, to, bars: grid.bars, limit: MOST_BARS });
    }
    const scale = scaleOf(ins.funding, funding_scale, ctx);
    const cleaned = cleanedOf(ins, grid, { scale: SCALES[scale], quiet });
    const flags = flagsOf(cleaned.bars.frame);
    const quality = qualityOf(cleaned, flags, spacing);
    const { missing, expected, outside, first, last } = quality.bars;
    const days = Math.floor((outside * spacing) / DAY);
    if (days > 0) ctx.warn('clean/short', { days, first: iso(first), last: iso(last) });
    const count = cleaned.funding?.faults.interval ?? 0;
    if (count > 0) ctx.warn('clean/other-interval', { count });
    return {
      bars: cleaned.bars.frame,
      funding: cleaned.funding?.frame,
      spot: cleaned.spot?.frame,
      open_interest: cleaned.open_interest?.frame,
      liquidations: cleaned.liquidations?.frame,
      tob: cleaned.tob?.frame,
      mark: cleaned.mark?.frame,
      premium: cleaned.premium?.frame,
      basis: cleaned.basis?.frame,
      flags,
      missing_share: expected === 0 ? 1 : missing / expected,
      quality,
    };
  },
});

function iso(time: number | null): string {
  return time === null ? 'no time' : new Date(time).toISOString();
}

/**
 * What funding rates are in. Of an unknown source all of them are looked at: rows to come can decide whether there is an answer,
 * and so whether the pipeline stops, but not which one it is.
 */
function scaleOf(prints: Frame | undefined, told: Scale | 'unknown', ctx: Context): Scale {
  const rates = prints?.column('rate') ?? new Float64Array(0);
  if (told === 'unknown') {
    const { scale, confidence, largest } = guessScale(rates);
    if (rates.length === 0) return 'decimal';
    return scale !== undefined && confidence >= CERTAIN
      ? scale
      : ctx.refuse('clean/unknown-scale', { largest });
  }
  if (isTooLarge(rates, told)) ctx.refuse('clean/wrong-scale', { prints: OPENING, scale: told });
  return told;
}
