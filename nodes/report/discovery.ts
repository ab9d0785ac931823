import { defineNode, type JsonObject, many, optional, port, t } from '../../engine/sdk/index.js';
import { cost } from '../kinds/cost.js';
import { market } from '../kinds/market.js';
import {
  bridge,
  calibration,
  candidates,
  costs,
  eventOverlap,
  events,
  gateRows,
  ledger,
  power,
  promoted,
  strengths,
  trials,
  untried,
  verdicts,
} from '../ports.js';
import { htmlOf } from './page/html.js';
import { markdownOf } from './page/markdown.js';
import { researchDocument } from './sections/research.js';

export default defineNode({
  type: 'report.discovery',
  doc: 'Research as a page that needs nothing else, and as Markdown: what survived of how many hypotheses, and whether it is to be believed.',
  time: 'fit',

  in: {
    candidates,
    gates: optional(gateRows),
    strengths: optional(strengths),
    bridge: optional(bridge),
    promoted: optional(promoted),
    trials,
    ledger: optional(ledger),
    calibration: optional(calibration),
    costs: optional(many(costs)),
    untried,
    events,
    tallies: many(port.json<JsonObject>('How often one event occurred, or what it misses.')),
    quality: many(port.json<JsonObject>('Coverage and faults of one symbol.')),
    verdicts: optional(verdicts),
    paths: optional(port.frame('Mean paths of events.', { contract: 'event_paths' })),
    traded: optional(
      port.frame('Mean paths of the trades of candidates.', { contract: 'trade_paths' }),
    ),
    power: optional(power),
    overlap: optional(eventOverlap),
  },
  out: {
    page: port.file('One HTML page with everything in it.'),
    text: port.file('The same as Markdown; plots are told in words.'),
  },
  params: {
    title: t.text({ default: 'Research', doc: 'Headline.' }),
    market: t.spec(market, { doc: 'Named in the report.' }),
    cost: t.spec(cost, { doc: 'What was charged; named in the report.' }),
    span: t.span({ doc: 'Days that were asked for.' }),
    warmup: t.duration({ doc: 'History before the span that was asked for; told in the report.' }),
    fdr: t.number({
      default: 0.05,
      above: 0,
      max: 0.5,
      doc: 'Share of false finds that was accepted: what q is measured by.',
    }),
    made: t.text({
      default: 'markets without effects',
      doc: 'What the calibration is of: how its markets were made.',
    }),
  },
  reads: () => ({ events: ['event', 'symbol', 'ts', 'direction'] }),

  run(ins, params, ctx) {
    const origin = (name: string) => ({ port: name, digest: ctx.digest(name) });
    const document = researchDocument(ins, params, origin);
    const bytes = (written: string) => new TextEncoder().encode(written);
    return {
      page: { name: 'report.html', bytes: bytes(htmlOf(document)) },
      text: { name: 'report.md', bytes: bytes(markdownOf(document)) },
    };
  },
});
