import { join, relative, resolve } from 'node:path';
import { ABSENT, defineNode, optional, type Shape, t } from '../../engine/sdk/index.js';
import { market } from '../kinds/market.js';
import {
  rawBars,
  rawFunding,
  rawLiquidations,
  rawMarks,
  rawOpenInterest,
  rawQuotes,
  rawSpot,
  rawTrades,
  topOfBook,
} from '../ports.js';
import { datasetProblems, marketProblems } from './files/check.js';
import { filesOf, globOf, type Market, type Part, sourcesOf } from './files/find.js';
import { heldBy, readMarket } from './files/market.js';
import { stepOf } from './files/step.js';
import { FILE_ERRORS, FILE_WARNINGS } from './files/tell.js';
import { simulatedDatasets, simulateMarket, WORLD_ERRORS } from './simulator/market.js';
import { drifting, effectProblems } from './simulator/planted.js';
import { DATASETS, type Dataset } from './tables/given.js';
import { rawBarsShape } from './tables/raw-bars.js';

export default defineNode({
  type: 'ingest.market',
  doc: 'Bars, funding and whatever else there is of one symbol, made by the simulator or read from files whose form the market declares.',
  source: 'Binance public data, github.com/binance/binance-public-data',
  time: 'row',
  effects: ['read'],

  in: {},
  out: {
    raw: rawBars,
    funding: optional(rawFunding),
    spot: optional(rawSpot),
    open_interest: optional(rawOpenInterest),
    liquidations: optional(rawLiquidations),
    quotes: optional(rawQuotes),
    tob: optional(topOfBook),
    trades: optional(rawTrades),
    mark: optional(rawMarks),
    premium: optional(rawMarks),
  },
  params: {
    market: t.spec(market, { doc: 'Where the rows come from.' }),
    symbol: t.text({
      pattern: '^[A-Z0-9_]{1,32}$',
      form: 'a symbol such as BTCUSDT',
      doc: 'The symbol as the venue writes it. The simulator makes a world for any name.',
    }),
    span: t.span({ doc: 'Days to read.' }),
    warmup: t.duration({ default: '0d', doc: 'History before the span.' }),
    folder: t.optional(t.folder({ doc: 'Where the files lie; markets that read files need it.' })),
    funding: t.optional(
      t.folder({ doc: 'Files of funding, if they lie elsewhere than the others.' }),
    ),
    datasets: t.optional(
      t.list(t.text(), {
        doc: 'Data sets to read besides bars, where their files are fetched by the same run; otherwise funding and those whose files lie there.',
      }),
    ),
    drift: t.optional(
      t.number({
        min: 0,
        max: 1000,
        unit: 'bps',
        doc: 'How far the planted effects of a simulated market drift instead of their own; none at 0. Their directions stay.',
      }),
    ),
    seed: t.seed({ default: 0, doc: 'Which simulated world.' }),
  },
  shape: (_ins, { market, folder, datasets, drift }, ctx) => {
    const given = (there: ReadonlySet<Dataset>) => {
      return { raw: rawBarsShape(stepOf(market).longest), ...without(there) };
    };
    if (market.simulator) ctx.problem(...effectProblems(market));
    if (drift !== undefined && !hasEffects(market)) {
      ctx.wrong('drift', 'ingest/no-effects', { market: market.id, drift });
    }
    for (const { code, facts } of marketProblems(market)) ctx.wrong('market', code, facts);
    if (market.source === 'simulator') return given(simulatedDatasets(market));
    for (const { code, facts } of datasetProblems(market, datasets ?? [])) {
      ctx.wrong('datasets', code, facts);
    }
    if (folder !== undefined && datasets !== undefined) {
      const asked = given(new Set(DATASETS.filter((d) => datasets.includes(d))));
      return datasets.includes('funding') ? asked : { ...asked, funding: ABSENT };
    }
    if (folder !== undefined) {
      return given(heldBy(market, names(market, folder, 'others', ctx.list)));
    }
    if (ctx.knows('folder')) ctx.wrong('folder', 'ingest/no-folder', { market: market.id });
    return given(new Set());
  },
  within: ({ span, warmup }) => ({ from: span.from - warmup, to: span.to }),
  files: ({ market, folder, funding, symbol, span, warmup }, world) => {
    if (market.source === 'simulator' || folder === undefined) return [];
    const range = { from: span.from - warmup, to: span.to };
    return (['others', 'funding'] as const).flatMap((part) => {
      const where = part === 'funding' ? (funding ?? folder) : folder;
      const all = names(market, where, part, world.list, symbol);
      const found = filesOf(market, sourcesOf(market, part), all, symbol, range);
      const read = [...new Set(found.map(({ name }) => name))];
      const beside = read.map((name) => `${name}.CHECKSUM`).filter((name) => all.includes(name));
      return [...read, ...beside].map((name) => join(where, name));
    });
  },
  errors: {
    ...FILE_ERRORS,
    ...WORLD_ERRORS,
    'ingest/no-folder':
      'The market {market} reads files, but no folder is named; the command line can: --set raw=FOLDER.',
    'ingest/no-effects': 'Market {market} has no planted effect that could drift by {drift} bps.',
    'ingest/no-rows': 'No bar of {symbol} opens in [{from}, {to}).',
  },
  warnings: FILE_WARNINGS,

  async run(_ins, { market: spec, symbol, span, warmup, folder, funding, datasets, drift }, ctx) {
    const range = { from: span.from - warmup, to: span.to };
    const folders = { others: folder ?? '', funding: funding ?? folder ?? '' };
    if (spec.source !== 'simulator' && folder === undefined) {
      ctx.refuse('ingest/no-folder', { market: spec.id });
    }
    if (drift !== undefined && !hasEffects(spec)) {
      ctx.refuse('ingest/no-effects', { market: spec.id, drift });
    }
    const [wrong] = spec.source === 'simulator' ? [] : datasetProblems(spec, datasets ?? []);
    if (wrong) ctx.refuse(wrong.code, wrong.facts);
    const made =
      spec.source === 'simulator'
        ? simulateMarket(drifting(spec, drift), symbol, range, ctx)
        : await readMarket(spec, symbol, range, folders, ctx);
    if (made.raw.length === 0) {
      ctx.refuse('ingest/no-rows', { symbol, from: day(range.from), to: day(range.to) });
    }
    return made;
  },
});

function hasEffects({ simulator }: Market): boolean {
  return (simulator?.planted ?? []).length > 0;
}

/** Shapes of the data sets that are not there; those that are have the columns of their contract. */
function without(there: ReadonlySet<Dataset>): Readonly<Partial<Record<Dataset, Shape>>> {
  const absent = DATASETS.filter((name) => !there.has(name));
  return Object.fromEntries(absent.map((name) => [name, ABSENT]));
}

/** Names of a market's files in a folder, from there on; of one symbol, or of any. */
function names(
  market: Market,
  folder: string,
  part: Part,
  list: (folder: string, pattern: string) => readonly string[],
  symbol?: string,
): readonly string[] {
  const sources = sourcesOf(market, part);
  if (sources.length === 0) return [];
  const root = resolve(folder);
  const paths = list(folder, globOf(market, sources, symbol));
  return paths.map((path) => relative(root, path).replaceAll('\\', '/'));
}

function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
