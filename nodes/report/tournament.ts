import {
  type Context,
  defineNode,
  type Frame,
  type Gathered,
  type JsonObject,
  many,
  optional,
  port,
  type Span,
  type SpecOf,
  t,
} from '../../engine/sdk/index.js';
import { cost } from '../kinds/cost.js';
import type { Costs } from '../kinds/costs.js';
import type { FoldSummary } from '../kinds/fold-summary.js';
import { market } from '../kinds/market.js';
import type { Untried } from '../kinds/untried.js';
import type { EventVerdict } from '../kinds/verdict.js';
import {
  candidates,
  comparison,
  costs,
  equity,
  eventOverlap,
  foldResults,
  ledger,
  matrix,
  summary,
  untried,
  verdicts,
} from '../ports.js';
import type { Document, Origin } from './page/document.js';
import { htmlOf } from './page/html.js';
import { markdownOf } from './page/markdown.js';
import { assumptions } from './sections/assumptions.js';
import { chargedBlocks } from './sections/charged.js';
import { comparisonSection } from './sections/comparison.js';
import { coverage } from './sections/coverage.js';
import { curveSection } from './sections/curves.js';
import { dataSection, lackingWarning } from './sections/data.js';
import { degradedSection, degradedWarning } from './sections/degraded.js';
import { discoverySection } from './sections/discovery.js';
import { afterCosts, fundingOf, fundingWarning } from './sections/funding.js';
import { headline, scope } from './sections/headline.js';
import { plantedSection, plantedWarning } from './sections/planted.js';
import { registrySection } from './sections/registry.js';
import { selectionSection } from './sections/selection.js';

export default defineNode({
  type: 'report.tournament',
  doc: 'The tournament as a page that needs nothing else, and as Markdown; every table and plot names the digest of its data.',
  time: 'fit',

  in: {
    table: comparison,
    matrix,
    ledger: optional(ledger),
    equity,
    results: foldResults,
    summaries: many(summary),
    candidates: many(candidates),
    untried: many(untried),
    costs: optional(many(costs)),
    events: port.frame('Occurrences of events.', { contract: 'events' }),
    tallies: many(port.json<JsonObject>('How often one event occurred, or what it misses.')),
    quality: many(port.json<JsonObject>('Coverage and faults of one symbol.')),
    verdicts: optional(verdicts),
    paths: optional(port.frame('Mean paths of events.', { contract: 'event_paths' })),
    overlap: optional(eventOverlap),
  },
  out: {
    page: port.file('One HTML page with everything in it.'),
    text: port.file('The same as Markdown; plots are told in words.'),
  },
  params: {
    title: t.text({ default: 'Tournament', doc: 'Headline.' }),
    market: t.spec(market, { doc: 'Named in the report.' }),
    cost: t.spec(cost, { doc: 'What was charged; named in the report.' }),
    span: t.span({
      doc: 'Days that folds were cut from; those that no test window has are named.',
    }),
    warmup: t.duration({ doc: 'History before the span that was asked for; told in the report.' }),
  },
  reads: () => ({ events: ['event', 'symbol', 'ts', 'direction'] }),

  run(ins, params, ctx) {
    const document = documentOf(ins, params, ctx);
    const bytes = (written: string) => new TextEncoder().encode(written);
    return {
      page: { name: 'report.html', bytes: bytes(htmlOf(document)) },
      text: { name: 'report.md', bytes: bytes(markdownOf(document)) },
    };
  },
});

/** What the report is made of, before it has a form. */
interface Ins {
  readonly table: Frame;
  readonly matrix: Frame;
  readonly ledger: Frame | undefined;
  readonly equity: Frame;
  readonly results: Frame;
  readonly summaries: Many<FoldSummary>;
  readonly candidates: Many<Frame>;
  readonly untried: Many<readonly Untried[]>;
  readonly costs: Many<Costs> | undefined;
  readonly events: Frame;
  readonly tallies: Many<JsonObject>;
  readonly quality: Many<JsonObject>;
  readonly verdicts: readonly EventVerdict[] | undefined;
  readonly paths: Frame | undefined;
  readonly overlap: Frame | undefined;
}
type Many<T> = readonly Gathered<T>[];
interface Params {
  readonly title: string;
  readonly market: SpecOf<typeof market>;
  readonly cost: SpecOf<typeof cost>;
  readonly span: Span;
  readonly warmup: number;
}

function documentOf(ins: Ins, params: Params, ctx: Context): Document {
  const { title, market, cost, span, warmup } = params;
  const { table, matrix, equity, results, summaries, candidates, events, quality } = ins;
  const origin = (name: string): Origin => ({ port: name, digest: ctx.digest(name) });
  const best = table.texts('row').map((row) => row ?? '');
  const { spacing } = market;
  const funding = fundingOf(cost, quality);
  const after = afterCosts(funding);
  const { tallies, untried } = ins;
  return {
    title,
    warnings: [
      ...degradedWarning(summaries),
      ...plantedWarning(market, candidates),
      ...fundingWarning(funding),
      ...lackingWarning(tallies),
    ],
    lead: [headline(table, matrix, summaries, after), scope(ins, params, market, cost)],
    sections: [
      ...plantedSection(market, cost, candidates, origin),
      comparisonSection(table, matrix, coverage(summaries, span, origin), funding, origin),
      curveSection(best, equity, results, after, origin),
      discoverySection(
        { summaries, candidates, untried, matrix, declared: tallies.length, spacing, span, warmup },
        origin,
      ),
      selectionSection(summaries, after, origin),
      degradedSection(summaries),
      dataSection({ quality, tallies, events, warmup }, origin),
      registrySection(ins, origin),
      assumptions(market, cost, quality, chargedBlocks(cost, ins.costs, origin)),
    ],
  };
}
