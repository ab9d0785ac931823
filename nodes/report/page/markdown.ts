import {
  type Block,
  type Document,
  type Origin,
  type Plot,
  SHOWN_DIGITS,
  type Table,
} from './document.js';

/** The report as Markdown: the same text and tables; a plot is told in words. */
export function markdownOf(document: Document): string {
  const sections = document.sections.flatMap(({ title, blocks }) => [
    `## ${inline(title)}`,
    ...blocks.map(markdown),
  ]);
  const head = [
    `# ${inline(document.title)}`,
    ...document.warnings.map((text) => `> ${inline(text)}`),
    ...document.lead.map(inline),
  ];
  return `${[...head, ...sections].join('\n\n')}\n`;
}

function markdown(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return inline(block.text);
    case 'list':
      return block.items.map((item) => `- ${inline(item)}`).join('\n');
    case 'plot':
      return `**${inline(block.title)}** (drawn on the page): ${inline(block.says)}\n\n${origins(block)}`;
    case 'details':
      return [`### ${inline(block.title)}`, ...block.blocks.map(markdown)].join('\n\n');
    case 'table':
      return table(block);
  }
}

function table(block: Table): string {
  const { title, columns, rows, note } = block;
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  const rule = columns.map(({ right }) => (right ? '--:' : ':--'));
  return [
    `**${inline(title)}**`,
    '',
    line(columns.map(({ name }) => name)),
    `| ${rule.join(' | ')} |`,
    ...rows.map(line),
    '',
    ...(note === undefined ? [] : [inline(note), '']),
    origins(block),
  ].join('\n');
}

function origins({ origin: from, also = [] }: Plot | Table): string {
  return [from, ...also].map(origin).join('\n\n');
}

function origin({ port, digest }: Origin): string {
  return `_from ${inline(port)}:_ \`dag why ${digest.slice(0, SHOWN_DIGITS)}\``;
}

/** Text on one line, without anything that Markdown or HTML would take for a mark. */
function inline(text: string): string {
  return text
    .replace(/\s*[\r\n]+\s*/g, ' ')
    .replace(/[\\`*_[\]<>]/g, (mark) =>
      mark === '<' ? '&lt;' : mark === '>' ? '&gt;' : `\\${mark}`,
    );
}

function cell(text: string): string {
  return inline(text).replace(/\|/g, '\\|');
}
