import type { Arrow, Box, Drawing } from './drawing.js';

const LINES: Readonly<Record<Arrow['kind'], string>> = {
  data: '-->',
  points: '-.->',
  after: '-.->',
  else: '-.->',
};

/** Mermaid text, for pages that render it. Sub-pipelines are subgraphs. */
export function mermaid({ title, boxes, arrows }: Drawing): string {
  const ids = new Map(boxes.map((box, i) => [box.id, `n${i}`]));
  const id = (path: string) => ids.get(path) ?? path;
  const lines = [
    '---',
    `title: ${title}`,
    '---',
    'flowchart TD',
    ...grouped(boxes, [], (box) => node(box, id(box.id))),
  ];
  for (const { from, to, kind, gathers } of arrows) {
    const word = kind === 'data' ? (gathers ? 'all' : '') : kind;
    lines.push(`  ${id(from)} ${LINES[kind]}${word === '' ? '' : `|${word}|`} ${id(to)}`);
  }
  return `${lines.join('\n')}\n`;
}

function grouped(
  boxes: readonly Box[],
  group: readonly string[],
  line: (box: Box) => string,
): readonly string[] {
  const indent = '  '.repeat(group.length + 1);
  const own = boxes.filter((box) => box.group.length === group.length);
  const inner = [...new Set(boxes.flatMap((box) => box.group[group.length] ?? []))];
  return [
    ...own.map((box) => `${indent}${line(box)}`),
    ...inner.flatMap((name) => [
      `${indent}subgraph ${[...group, name].join('__')} [${name}]`,
      ...grouped(
        boxes.filter((box) => box.group[group.length] === name),
        [...group, name],
        line,
      ),
      `${indent}end`,
    ]),
  ];
}

function node({ name, node: type, dims }: Box, id: string): string {
  const label = [
    name,
    `<small>${type}</small>`,
    ...(dims.length > 0 ? [`<i>× ${dims.join(' × ')}</i>`] : []),
  ].join('<br/>');
  return dims.length > 0 ? `${id}[["${label}"]]` : `${id}["${label}"]`;
}
