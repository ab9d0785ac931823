import type { Arrow, Box, Drawing } from './drawing.js';

const STYLES: Readonly<Record<Arrow['kind'], string>> = {
  data: 'solid',
  points: 'dotted',
  after: 'dashed',
  else: 'dashed',
};

/** Text for Graphviz. Sub-pipelines are clusters. */
export function dot({ title, boxes, arrows }: Drawing): string {
  const lines = [
    `digraph ${quoted(title)} {`,
    '  rankdir=TB; node [shape=box, style=rounded, fontname=sans, fontsize=11]; edge [fontname=sans, fontsize=9];',
    ...clusters(boxes, []),
    ...arrows.map(({ from, to, kind, gathers }) => {
      const label = kind === 'data' ? (gathers ? ', label=all' : '') : `, label=${kind}`;
      return `  ${quoted(from)} -> ${quoted(to)} [style=${STYLES[kind]}${label}];`;
    }),
    '}',
  ];
  return `${lines.join('\n')}\n`;
}

function clusters(boxes: readonly Box[], group: readonly string[]): readonly string[] {
  const indent = '  '.repeat(group.length + 1);
  const own = boxes.filter((box) => box.group.length === group.length);
  const inner = [...new Set(boxes.flatMap((box) => box.group[group.length] ?? []))];
  return [
    ...own.map(
      (box) =>
        `${indent}${quoted(box.id)} [label=${quoted(label(box))}${box.dims.length > 0 ? ', peripheries=2' : ''}];`,
    ),
    ...inner.flatMap((name) => [
      `${indent}subgraph ${quoted(`cluster_${[...group, name].join('/')}`)} {`,
      `${indent}  label=${quoted(name)};`,
      ...clusters(
        boxes.filter((box) => box.group[group.length] === name),
        [...group, name],
      ),
      `${indent}}`,
    ]),
  ];
}

function label({ name, node, dims }: Box): string {
  return [name, node, ...(dims.length > 0 ? [`× ${dims.join(' × ')}`] : [])].join('\n');
}

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}
