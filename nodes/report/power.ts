import { defineNode, port, t } from '../../engine/sdk/index.js';
import { cost } from '../kinds/cost.js';
import { market } from '../kinds/market.js';
import { power } from '../ports.js';
import type { Document } from './page/document.js';
import { htmlOf } from './page/html.js';
import { markdownOf } from './page/markdown.js';
import { powerLead, powerSection } from './sections/power.js';

export default defineNode({
  type: 'report.power',
  doc: 'How often discovery finds what is there, as a page that needs nothing else, and as Markdown.',
  time: 'fit',

  in: { power },
  out: {
    page: port.file('One HTML page with everything in it.'),
    text: port.file('The same as Markdown.'),
  },
  params: {
    title: t.text({ default: 'Power', doc: 'Headline.' }),
    market: t.spec(market, { doc: 'Named in the report.' }),
    cost: t.spec(cost, { doc: 'What was charged; named in the report.' }),
  },

  run({ power: curves }, { title, market, cost }, ctx) {
    const origin = { port: 'power', digest: ctx.digest('power') };
    const { taker_bps, half_spread_bps, slippage_bps } = cost;
    const trip = 2 * (taker_bps + half_spread_bps + slippage_bps);
    const document: Document = {
      title,
      warnings: [],
      lead: [`Market ${market.id}; a trade pays ${trip} bp.`, ...curves.flatMap(powerLead)],
      sections: curves.map((curve) => powerSection(curve, origin)),
    };
    const bytes = (written: string) => new TextEncoder().encode(written);
    return {
      page: { name: 'report.html', bytes: bytes(htmlOf(document)) },
      text: { name: 'report.md', bytes: bytes(markdownOf(document)) },
    };
  },
});
