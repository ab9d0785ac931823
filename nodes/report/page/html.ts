import {
  type Block,
  type Document,
  type Origin,
  type Plot,
  SHOWN_DIGITS,
  type Table,
} from './document.js';
import { escaped } from './escape.js';

/*
 * The frozen first column is painted cell by cell, each over the one before: rules are drawn above a row, where no cell covers
 * them, and rows are whole pixels high, so that they meet those of the other columns.
 *
 * On either paper letters stand out by 4.5 to 1 at least, and marks and warnings by 3 (WCAG 2.2, 1.4.3 and 1.4.11).
 */
const STYLE = `
:root{color-scheme:light dark;--ink:#1c1f24;--soft:#5d646e;--line:#d9dde3;--paper:#fff;--tint:#f2f4f7;--alert:#c2410c;
--blue:#2f6fde;--orange:#c2731f;--green:#2d9d78;--plum:#b5487f;--violet:#7a68d8;--grey:#7d828b}
@media (prefers-color-scheme:dark){:root{--ink:#e6e8eb;--soft:#9aa2ad;--line:#343a42;--paper:#14171b;--tint:#1e232a;--alert:#f08a5d;
--blue:#7aa9f7;--orange:#e39a4d;--green:#3fb58e;--plum:#dd7fae;--violet:#a596f0;--grey:#8a8f98}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:76rem;padding:2rem 1.25rem 4rem;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
h1{font-size:1.7rem;margin:0 0 .5rem}h2{font-size:1.2rem;margin:2.5rem 0 .5rem;border-bottom:1px solid var(--line);padding-bottom:.25rem}
p,li{max-width:60rem}figure{margin:1.5rem 0}figcaption{font-weight:600;margin-bottom:.4rem}.wide{overflow-x:auto}
table{border-collapse:separate;border-spacing:0;font-variant-numeric:tabular-nums;font-size:.84rem;line-height:20px;min-width:100%}
th,td{padding:4px 8px;text-align:left;white-space:nowrap;background:var(--paper)}
td{border-top:1px solid var(--line)}tbody tr:last-child td{border-bottom:1px solid var(--line)}
th{color:var(--soft);font-weight:600;white-space:normal;vertical-align:bottom;line-height:17px}.right{text-align:right}
td:first-child,th:first-child{position:sticky;left:0}tbody tr:hover td{background:var(--tint)}.prose{white-space:normal;min-width:16rem}
td.long{white-space:normal;min-width:15rem}.long~.prose{min-width:8rem}
.warning{border-left:.25rem solid var(--alert);padding:.35rem .75rem;background:var(--tint);overflow-wrap:anywhere}
.origin,.note{color:var(--soft);font-size:.78rem;margin:.3rem 0 0}code{font-family:ui-monospace,monospace}
details{border-top:1px solid var(--line)}summary{cursor:pointer;font-weight:600;padding:.5rem 0;overflow-wrap:anywhere}
wbr{display:none}svg{display:block;max-width:100%;min-width:44rem;height:auto}svg text{fill:var(--soft);font:11px system-ui,sans-serif}
svg .axis{stroke:var(--line)}svg .zero{stroke:var(--soft)}svg .band{fill:var(--tint)}
@media (max-width:64rem){th,td{padding:4px 5px}td.long{min-width:10rem}.long~.prose{min-width:7rem}td.long wbr{display:inline}}
@media (max-width:40rem){body{padding:1rem .75rem 3rem}wbr{display:inline}td:first-child,td.long{white-space:normal;min-width:7.5rem}}
`.trim();

/** The report as one page that needs nothing else: no script, no font, no image from elsewhere. */
export function htmlOf(document: Document): string {
  const sections = document.sections.map(
    ({ title, blocks }) =>
      `<section>\n<h2>${escaped(title)}</h2>\n${blocks.map(html).join('\n')}\n</section>`,
  );
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(document.title)}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    `<h1>${escaped(document.title)}</h1>`,
    ...document.warnings.map((text) => `<p class="warning">${escaped(text)}</p>`),
    ...document.lead.map((text) => `<p>${escaped(text)}</p>`),
    ...sections,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function html(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return `<p>${escaped(block.text)}</p>`;
    case 'list':
      return `<ul>\n${block.items.map((item) => `<li>${escaped(item)}</li>`).join('\n')}\n</ul>`;
    case 'plot': {
      const caption = `<figcaption>${escaped(block.title)}</figcaption>`;
      const says = `<p class="note">${escaped(block.says)}</p>`;
      return `<figure>\n${caption}\n<div class="wide">${block.svg}</div>\n${says}\n${origins(block)}\n</figure>`;
    }
    case 'details':
      return `<details>\n<summary>${escaped(block.title)}</summary>\n${block.blocks.map(html).join('\n')}\n</details>`;
    case 'table':
      return table(block);
  }
}

function table(block: Table): string {
  const { title, columns, rows, note } = block;
  const side = (i: number) => {
    const { right, prose, long } = columns[i] ?? {};
    const kind = right ? 'right' : prose ? 'prose' : long ? 'long' : undefined;
    return kind ? ` class="${kind}"` : '';
  };
  const head = columns.map(({ name }, i) => `<th${side(i)}>${escaped(name)}</th>`).join('');
  const body = rows.map((row) => {
    const cells = row.map(
      (cell, i) => `<td${side(i)}>${i === 0 ? name(cell) : escaped(cell)}</td>`,
    );
    return `<tr>${cells.join('')}</tr>`;
  });
  return [
    '<figure>',
    `<figcaption>${escaped(title)}</figcaption>`,
    `<div class="wide"><table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body.join('\n')}\n</tbody>\n</table></div>`,
    ...(note === undefined ? [] : [`<p class="note">${escaped(note)}</p>`]),
    origins(block),
    '</figure>',
  ].join('\n');
}

/** A name that may be broken after its marks where the screen is narrow, and not within how long it lasts. */
function name(cell: string): string {
  return escaped(cell)
    .replace(/[/_.]/g, '$&<wbr>')
    .replace(/ (?=(?:min|h|d)$)/, '\u00a0');
}

function origins({ origin: from, also = [] }: Plot | Table): string {
  return `<p class="origin">${[from, ...also].map(origin).join('; ')}</p>`;
}

function origin({ port, digest }: Origin): string {
  const shown = escaped(digest.slice(0, SHOWN_DIGITS));
  return `from ${escaped(port)} · <code>dag why ${shown}</code>`;
}
