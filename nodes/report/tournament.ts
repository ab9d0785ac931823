import {
  defineNode,
  type Frame,
  type JsonObject,
  many,
  port,
  type SpecOf,
  t,
} from '../../engine/sdk/index.js';
import { cost } from '../kinds/cost.js';
import { market } from '../kinds/market.js';
import { candidates, comparison, equity, foldResults, matrix, summary } from '../ports.js';
import { type Document, list, type Origin, type Section } from './page/document.js';
import { htmlOf } from './page/html.js';
import { markdownOf } from './page/markdown.js';
import { day, fixed, percent, probability } from './page/numbers.js';
import { comparisonSection } from './sections/comparison.js';
import { curveSection } from './sections/curves.js';
import { dataSection } from './sections/data.js';
import { degradedSection, funnelSection } from './sections/funnel.js';

export default defineNode({
  type: 'report.tournament',
  doc: 'The tournament as a page that needs nothing else, and as Markdown; every table and plot names the digest of its data.',
  time: 'fit',

  in: {
    table: comparison,
    matrix,
    equity,
    results: foldResults,
    summaries: many(summary),
    candidates: many(candidates),
    events: port.frame('Occurrences of events.', { contract: 'events' }),
    quality: many(port.json<JsonObject>('Coverage and faults of one symbol.')),
  },
  out: {
    page: port.file('One HTML page with everything in it.'),
    text: port.file('The same as Markdown; plots are told in words.'),
  },
  params: {
    title: t.text({ default: 'Tournament', doc: 'Headline.' }),
    market: t.spec(market, { doc: 'Named in the report.' }),
    cost: t.spec(cost, { doc: 'What was charged; named in the report.' }),
  },
  reads: () => ({ events: ['event', 'symbol', 'direction'] }),

  run(ins, { title, market, cost }, ctx) {
    const origin = (name: string): Origin => ({ port: name, digest: ctx.digest(name) });
    const { table, matrix, equity, results, summaries, candidates, events, quality } = ins;
    const best = table.texts('row').map((row) => row ?? '');
    const document: Document = {
      title,
      lead: [
        headline(table),
        scope(
          matrix,
          quality.map(({ at }) => at.symbol ?? ''),
          market,
          cost,
        ),
      ],
      sections: [
        comparisonSection(table, matrix, origin),
        curveSection(best, equity, results, origin),
        funnelSection(summaries, candidates, origin),
        degradedSection(summaries),
        dataSection(quality, events, origin),
        assumptions(market, cost),
      ],
    };
    const bytes = (written: string) => new TextEncoder().encode(written);
    return {
      page: { name: 'report.html', bytes: bytes(htmlOf(document)) },
      text: { name: 'report.md', bytes: bytes(markdownOf(document)) },
    };
  },
});

type Market = SpecOf<typeof market>;
type Cost = SpecOf<typeof cost>;

/** The answer in one sentence. */
function headline(table: Frame): string {
  const [best] = [...table.rows()];
  if (!best) return 'Nothing was compared.';
  const verdicts = table.texts('verdict');
  if (verdicts.every((verdict) => verdict === 'cash')) {
    return 'No hypothesis survived the correction in any fold: every combination stayed in cash. That is the result, not a failure.';
  }
  const number = (name: string) => (typeof best[name] === 'number' ? best[name] : null);
  const validated = verdicts.filter((verdict) => verdict === 'validated').length;
  const count =
    validated === 0 ? 'No row is' : validated === 1 ? 'One row is' : `${validated} rows are`;
  return [
    `${count} validated of ${table.length}.`,
    `The best by Sharpe ratio is ${String(best.row)} (${String(best.verdict)}):`,
    `${percent(number('annual'))} a year after costs, Sharpe ${fixed(number('sharpe'), 2)}`,
    `(95% interval ${fixed(number('sharpe_low'), 2)} … ${fixed(number('sharpe_high'), 2)}),`,
    `deflated ${probability(number('dsr'))}; buying and holding had ${fixed(number('benchmark_sharpe'), 2)}.`,
  ].join(' ');
}

function scope(
  matrix: Frame,
  symbols: readonly string[],
  { id }: Market,
  { taker_bps, half_spread_bps, slippage_bps }: Cost,
): string {
  const from = Array.from(matrix.time('from')).reduce((m, x) => Math.min(m, x), Infinity);
  const to = Array.from(matrix.time('to')).reduce((m, x) => Math.max(m, x), -Infinity);
  const side = taker_bps + half_spread_bps + slippage_bps;
  const days = Number.isFinite(from) ? `${day(from)} to ${day(to)}` : 'no days';
  return `Market ${id}, ${symbols.length} symbols (${symbols.join(', ')}), out of sample ${days}, ${fixed(side, 1)} basis points a side.`;
}

/** What no number in here can show. */
function assumptions({ calendar }: Market, charged: Cost): Section {
  const { taker_bps, half_spread_bps, slippage_bps, funding } = charged;
  return {
    title: 'What this rests on',
    blocks: [
      list([
        'A signal is known at the close of its bar; the position is entered at the close of a later bar, at the price of that bar.',
        `Every change of the net position in a symbol costs ${fixed(taker_bps, 1)} (fee) + ${fixed(half_spread_bps, 1)} (half spread) + ${fixed(slippage_bps, 1)} (slippage) basis points; the size of the order has no influence on its price.`,
        funding
          ? 'Positions pay and receive the funding that was settled while they were held.'
          : 'Positions pay no funding.',
        'A test window starts and ends flat; positions still open at its end are closed at its last price and pay for it.',
        'Weights are shares of capital an atom may use; an atom holds nothing between its trades, so mean exposure is far below 1.',
        `A year has ${calendar.days_per_year} days.`,
      ]),
    ],
  };
}
