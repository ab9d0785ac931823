import type { Arrow, Box, Drawing } from './drawing.js';
import { layered, type Vertex } from './layers.js';
import { place } from './place.js';

const HEIGHT = 58;
const LAYER = 104;
const GAP = 28;
const MARGIN = 28;
const TITLE = 34;
/** Mean width of a letter, px. */
const LETTER = 7.2;
const SMALL = 6.2;

const TINTS = [
  '#f4f4f2',
  '#e6f0fa',
  '#e9f5ea',
  '#fdf1e0',
  '#f3e9f7',
  '#fbe9e9',
  '#e6f5f4',
  '#f6f3dd',
];
const DASHES: Readonly<Record<Arrow['kind'], string>> = {
  data: '',
  points: ' stroke-dasharray="2 4"',
  after: ' stroke-dasharray="6 4"',
  else: ' stroke-dasharray="6 4"',
};

/** A drawing on its own: no scripts, no fonts to load. Boxes of a sub-pipeline share a colour; stacked boxes have dimensions. */
export function svg(drawing: Drawing): string {
  const boxes = new Map(drawing.boxes.map((box) => [box.id, box]));
  const shape = layered(drawing);
  const widths = new Map(drawing.boxes.map((box) => [box.id, widthOf(box)]));
  const x = place(shape, ({ id }) => (widths.get(id) ?? 12) + GAP);
  const at = (vertex: Vertex): Point => [
    MARGIN + (x.get(vertex.id) ?? 0),
    MARGIN + TITLE + HEIGHT / 2 + vertex.layer * LAYER,
  ];
  const right = Math.max(
    0,
    ...shape.layers.flat().map((v) => at(v)[0] + (widths.get(v.id) ?? 0) / 2),
  );
  const [width, height] = [
    Math.ceil(right + MARGIN),
    MARGIN * 2 + TITLE + HEIGHT + (shape.layers.length - 1) * LAYER,
  ];
  const tints = tintsOf(drawing.boxes);
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif">`,
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerUnits="userSpaceOnUse" markerWidth="9" markerHeight="9" orient="auto"><path d="M0 0L8 4L0 8z" fill="#667"/></marker></defs>',
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    `<text x="${MARGIN}" y="${MARGIN + 8}" font-size="18" font-weight="600">${marked(drawing.title)}</text>`,
    ...shape.routes.map((route, i) => arrow(route.map(at), drawing.arrows[i])),
    ...shape.layers.flat().flatMap((vertex) => {
      const box = boxes.get(vertex.id);
      return box
        ? [
            drawBox(
              box,
              at(vertex),
              widths.get(box.id) ?? 0,
              tints.get(box.group.join('/')) ?? '#fff',
            ),
          ]
        : [];
    }),
    '</svg>',
  ];
  return `${parts.join('\n')}\n`;
}

type Point = readonly [number, number];

function widthOf({ name, node, dims, group }: Box): number {
  const lines = [
    name.length * LETTER,
    node.length * SMALL,
    dimsText(dims).length * SMALL,
    group.join('/').length * SMALL,
  ];
  return Math.ceil(Math.max(90, ...lines)) + 24;
}

function drawBox(
  { name, group, node, dims }: Box,
  [cx, cy]: Point,
  width: number,
  tint: string,
): string {
  const [left, top] = [cx - width / 2, cy - HEIGHT / 2];
  const rect = (shift: number) =>
    `<rect x="${round(left + shift)}" y="${round(top - shift)}" width="${width}" height="${HEIGHT}" rx="6" fill="${tint}" stroke="#556"/>`;
  const text = (y: number, size: number, fill: string, words: string, weight = 400) =>
    `<text x="${round(cx)}" y="${round(top + y)}" text-anchor="middle" font-size="${size}" fill="${fill}" font-weight="${weight}">${marked(words)}</text>`;
  return [
    ...(dims.length > 0 ? [rect(4)] : []),
    rect(0),
    ...(group.length > 0 ? [`<title>${marked([...group, name].join('/'))}</title>`] : []),
    text(21, 13, '#112', name, 600),
    text(36, 11, '#556', node),
    ...(dims.length > 0 ? [text(50, 11, '#257', dimsText(dims))] : []),
  ].join('');
}

function arrow(points: readonly Point[], style: Arrow | undefined): string {
  const kind = style?.kind ?? 'data';
  const last = points.length - 1;
  const ends = points.map(
    ([x, y], i): Point => [x, i === 0 ? y + HEIGHT / 2 : i === last ? y - HEIGHT / 2 : y],
  );
  const path = ends.map(([x, y], i) => {
    const before = ends[i - 1];
    if (!before) return `M${round(x)} ${round(y)}`;
    const middle = round((before[1] + y) / 2);
    return `C${round(before[0])} ${middle} ${round(x)} ${middle} ${round(x)} ${round(y)}`;
  });
  const weight = style?.gathers ? 2.2 : 1.1;
  return `<path d="${path.join('')}" fill="none" stroke="#667" stroke-width="${weight}"${DASHES[kind]} marker-end="url(#tip)"/>`;
}

function dimsText(dims: readonly string[]): string {
  return dims.length === 0 ? '' : `× ${dims.join(' × ')}`;
}

function tintsOf(boxes: readonly Box[]): ReadonlyMap<string, string> {
  const groups = [...new Set(boxes.map((b) => b.group.join('/')))].sort();
  return new Map(
    groups.map((group, i) => [group, group === '' ? '#fff' : (TINTS[i % TINTS.length] ?? '#fff')]),
  );
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function marked(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
