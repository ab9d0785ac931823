import { defineNode, optional, port, t } from '../../engine/sdk/index.js';
import { bars, funding, rawBars, rawFunding } from '../ports.js';
import { cleanFunding } from './grid/funding.js';
import { place } from './grid/place.js';
import { type Quality, qualityOf } from './grid/quality.js';

const MOST_BARS = 20_000_000;

export default defineNode({
  type: 'clean.market',
  doc: 'Bars on a full grid with gaps left missing, broken rows quarantined and named, and funding stamped to the minute.',
  time: 'trailing',

  in: { raw: rawBars, funding: optional(rawFunding) },
  out: {
    bars,
    funding,
    missing_share: port.scalar('Share of bars without a usable row.'),
    quality: port.json<Quality>('Coverage and faults: counts in all, by reason and by month.'),
  },
  params: {
    spacing: t.duration({ default: '5m', doc: 'Length of a bar.' }),
    span: t.optional(
      t.span({ doc: 'Days the grid covers; without it, from the first bar to the last.' }),
    ),
    warmup: t.duration({ default: '0d', doc: 'History before the span that the grid covers too.' }),
  },
  errors: {
    'clean/no-rows': 'There is no raw bar to put on a grid.',
    'clean/too-many-bars':
      'From {from} to {to} there would be {bars} bars; at most {limit} make sense.',
  },

  run({ raw, funding: prints }, { spacing, span, warmup }, ctx) {
    if (raw.length === 0) ctx.refuse('clean/no-rows');
    const ts = raw.time('ts');
    const from = span ? span.from - warmup : Math.floor((ts[0] ?? 0) / spacing) * spacing;
    const to = span ? span.to : (ts[ts.length - 1] ?? 0) + 1;
    const grid = { from, bars: Math.ceil((to - from) / spacing), spacing };
    if (grid.bars > MOST_BARS) {
      ctx.refuse('clean/too-many-bars', { from, to, bars: grid.bars, limit: MOST_BARS });
    }
    const placed = place(raw, grid);
    const paid = cleanFunding(prints);
    const quality = qualityOf(placed, paid.funding.length, paid.dropped);
    const missing_share = quality.missing / quality.bars;
    return { bars: placed.bars, funding: paid.funding, missing_share, quality };
  },
});
