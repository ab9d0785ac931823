import { join } from 'node:path';
import { type Context, defineNode, type Frame, type SpecOf, t } from '../../engine/sdk/index.js';
import { market } from '../kinds/market.js';
import { rawBars, rawFunding } from '../ports.js';
import { READ_ERRORS, readFolder } from './binance/folder.js';
import { barFiles, fundingFiles, nameOf } from './binance/names.js';
import { FILE_ERRORS } from './binance/problems.js';
import { simulateBars } from './simulator/bars.js';
import { simulateFunding } from './simulator/funding.js';
import { driftsOf, effectProblems, pushes } from './simulator/planted.js';
import type { Streams } from './simulator/settings.js';

export default defineNode({
  type: 'ingest.market',
  doc: 'Bars and funding of one symbol, made by the simulator or read from files in a venue’s public format.',
  source: 'Binance public data, github.com/binance/binance-public-data, klines and fundingRate',
  time: 'row',
  effects: ['read'],

  in: {},
  out: { raw: rawBars, funding: rawFunding },
  params: {
    market: t.spec(market, { doc: 'Where the rows come from.' }),
    symbol: t.text({
      pattern: '^[A-Z0-9_]{1,32}$',
      form: 'a symbol such as BTCUSDT',
      doc: 'The symbol as the venue writes it. The simulator makes a world for any name.',
    }),
    span: t.span({ doc: 'Days to read.' }),
    warmup: t.duration({ default: '0d', doc: 'History before the span.' }),
    folder: t.optional(t.folder({ doc: 'Files of bars; markets that read files need it.' })),
    funding: t.optional(
      t.folder({ doc: 'Files of funding, if they lie elsewhere than the bars.' }),
    ),
    seed: t.seed({ default: 0, doc: 'Which simulated world.' }),
  },
  shape: (_ins, { market, folder }, ctx) => {
    if (market.simulator) ctx.problem(...effectProblems(market));
    if (market.source !== 'simulator' && ctx.knows('folder') && folder === undefined)
      ctx.wrong('folder', 'ingest/no-folder', { market: market.id });
    return {};
  },
  within: ({ span, warmup }) => ({ from: span.from - warmup, to: span.to }),
  files: ({ market: { source, spacing }, folder, funding, symbol }, world) => {
    if (source === 'simulator' || folder === undefined) return [];
    const list = (where: string) => world.list(where, '*').map((name) => join(where, nameOf(name)));
    const paid = fundingFiles(list(funding ?? folder), symbol);
    return [...barFiles(list(folder), symbol, spacing), ...paid];
  },
  errors: {
    ...FILE_ERRORS,
    ...READ_ERRORS,
    'ingest/no-folder':
      'The market {market} reads files, but no folder is named; the command line can: --set raw=FOLDER.',
    'ingest/no-world':
      'The market {market} is simulated, but declares no world under `simulator:`.',
    'ingest/unsound-effect': 'The effects planted in {market} cannot be computed: {problems}.',
    'ingest/uneven-effect':
      'Effect {effect} of {market} drifts over {over} ms, which is not a whole number of bars of {spacing} ms.',
    'ingest/before-epoch': 'The world of {market} begins on {epoch}; {from} is asked for.',
    'ingest/no-rows': 'No bar of {symbol} opens in [{from}, {to}).',
  },

  async run(_ins, { market: spec, symbol, span, warmup, folder, funding }, ctx) {
    const range = { from: span.from - warmup, to: span.to };
    const place = { folder: folder ?? '', funding: funding ?? folder ?? '' };
    if (spec.source !== 'simulator' && folder === undefined) {
      ctx.refuse('ingest/no-folder', { market: spec.id });
    }
    const made =
      spec.source === 'simulator'
        ? simulated(spec, symbol, range, ctx)
        : await readFolder(place, symbol, range, spec.spacing, ctx);
    if (made.raw.length === 0) {
      ctx.refuse('ingest/no-rows', { symbol, from: day(range.from), to: day(range.to) });
    }
    return made;
  },
});

function simulated(
  spec: SpecOf<typeof market>,
  symbol: string,
  range: { readonly from: number; readonly to: number },
  ctx: Context,
): { readonly raw: Frame; readonly funding: Frame } {
  const world = spec.simulator ?? ctx.refuse('ingest/no-world', { market: spec.id });
  if (range.from < world.epoch) {
    const facts = { market: spec.id, epoch: day(world.epoch), from: day(range.from) };
    ctx.refuse('ingest/before-epoch', facts);
  }
  const random: Streams = (...labels) => ctx.random(...labels);
  const effects = world.planted.length === 0 ? undefined : planted(spec, world.planted, ctx);
  return {
    raw: simulateBars(symbol, range, spec.spacing, world, random, effects),
    funding: simulateFunding(symbol, range.from, range.to, world, random),
  };
}

type Effects = NonNullable<SpecOf<typeof market>['simulator']>['planted'];

/** What the world's effects add to the price, given the bars without them. */
function planted(spec: SpecOf<typeof market>, effects: Effects, ctx: Context) {
  const { id, spacing } = spec;
  for (const { id: effect, over } of effects) {
    if (over > 0 && over % spacing === 0) continue;
    ctx.refuse('ingest/uneven-effect', { effect, market: id, over, spacing });
  }
  return (bars: Frame) => {
    const drifts = driftsOf(bars, spec, (problems) =>
      ctx.refuse('ingest/unsound-effect', { market: id, problems }),
    );
    return pushes(drifts, bars.length, spacing);
  };
}

function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
