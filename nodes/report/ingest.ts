import { defineNode, type JsonObject, many, optional, port, t } from '../../engine/sdk/index.js';
import { market } from '../kinds/market.js';
import { type Document, paragraph } from './page/document.js';
import { htmlOf } from './page/html.js';
import { markdownOf } from './page/markdown.js';
import { day, whole } from './page/numbers.js';
import { fetchedSection } from './sections/fetched.js';
import { gapTable } from './sections/gaps.js';
import { flagged, sizes } from './sections/imported.js';
import { coverageTable, qualityDetails } from './sections/quality.js';
import { numberIn, objectIn } from './sections/read.js';

export default defineNode({
  type: 'report.ingest',
  doc: 'What an import came to, as a page that needs nothing else, and as Markdown: one table over all symbols and data sets, then files, gaps, rows that were rejected, odd bars.',
  time: 'fit',

  in: {
    quality: many(port.json<JsonObject>('Coverage and faults of one symbol.')),
    files: optional(port.json<JsonObject>('What was downloaded, where anything was.')),
  },
  out: {
    page: port.file('One HTML page with everything in it.'),
    text: port.file('The same as Markdown.'),
  },
  params: {
    market: t.spec(market, { doc: 'Named in the report.' }),
    span: t.span({ doc: 'Days that were asked for.' }),
  },

  run({ quality, files }, { market: { id }, span }, ctx) {
    const origin = (name: string) => ({ port: name, digest: ctx.digest(name) });
    const asked = `${day(span.from)} to ${day(span.to - 1)}`;
    const rows = quality.reduce((sum, { value }) => sum + count(value, 'rows'), 0);
    const missing = quality.reduce((sum, { value }) => sum + count(value, 'missing'), 0);
    const document: Document = {
      title: `Import of ${id}`,
      warnings: quarantined(files),
      lead: [
        `${whole(quality.length)} symbols, ${asked}: ${whole(rows)} bars, and ${whole(missing)} missing between the first and the last of each symbol.`,
      ],
      sections: [
        {
          title: 'Overview',
          blocks: [coverageTable(quality, '', origin, [flagged(quality), ...sizes(files)])],
        },
        ...(files ? [fetchedSection(files, origin('files'))] : []),
        {
          title: 'Gaps and faults',
          blocks: [
            ...qualityDetails(quality, origin),
            ...gapTable(quality, origin('quality')),
            paragraph('Warnings of single files are told by dag show --warnings.'),
          ],
        },
      ],
    };
    const bytes = (written: string) => new TextEncoder().encode(written);
    return {
      page: { name: 'report.html', bytes: bytes(htmlOf(document)) },
      text: { name: 'report.md', bytes: bytes(markdownOf(document)) },
    };
  },
});

function count(quality: JsonObject, what: 'rows' | 'missing'): number {
  return numberIn(objectIn(quality, 'bars'), what) ?? 0;
}

/** What a reader must know first: files that are there and could not be used. */
function quarantined(files: JsonObject | undefined): readonly string[] {
  const found = numberIn(objectIn(files ?? {}, 'counts'), 'quarantined') ?? 0;
  if (found === 0) return [];
  const told = found === 1 ? '1 file has' : `${whole(found)} files have`;
  return [`${told} another checksum than the archive gives; what is in quarantine is not read.`];
}
