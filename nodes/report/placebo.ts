import { defineNode, port, type SpecOf, t } from '../../engine/sdk/index.js';
import { cost } from '../kinds/cost.js';
import { market } from '../kinds/market.js';
import { calibration } from '../ports.js';
import type { Document } from './page/document.js';
import { htmlOf } from './page/html.js';
import { markdownOf } from './page/markdown.js';
import { calibrationLead, calibrationSection } from './sections/calibration.js';

export default defineNode({
  type: 'report.placebo',
  doc: 'What discovery finds where there is nothing, as a page that needs nothing else, and as Markdown.',
  time: 'fit',

  in: { calibration },
  out: {
    page: port.file('One HTML page with everything in it.'),
    text: port.file('The same as Markdown.'),
  },
  params: {
    title: t.text({ default: 'Placebo', doc: 'Headline.' }),
    market: t.spec(market, { doc: 'Named in the report.' }),
    cost: t.spec(cost, { doc: 'What was charged; named in the report.' }),
    made: t.text({ doc: 'How the markets without effects were made, in a sentence.' }),
  },

  run({ calibration: found }, params, ctx) {
    const origin = { port: 'calibration', digest: ctx.digest('calibration') };
    const document: Document = {
      title: params.title,
      warnings: [],
      lead: [madeOf(params), ...calibrationLead(found)],
      sections: [calibrationSection(found, origin)],
    };
    const bytes = (written: string) => new TextEncoder().encode(written);
    return {
      page: { name: 'report.html', bytes: bytes(htmlOf(document)) },
      text: { name: 'report.md', bytes: bytes(markdownOf(document)) },
    };
  },
});

interface Made {
  readonly market: SpecOf<typeof market>;
  readonly cost: SpecOf<typeof cost>;
  readonly made: string;
}

function madeOf({ market, cost, made }: Made): string {
  const { taker_bps, half_spread_bps, slippage_bps } = cost;
  const trip = 2 * (taker_bps + half_spread_bps + slippage_bps);
  const charged =
    trip === 0
      ? 'Nothing is charged, so that every hypothesis is as good as one without effect can be.'
      : `A trade pays ${trip} bps, so that every hypothesis loses that much: error rates at the very limit need costs of nothing.`;
  return `Market ${market.id}. ${made} ${charged}`;
}
