import type { Arrow, Box, Drawing } from './drawing.js';
import { layered, type Vertex } from './layers.js';
import { legend } from './legend.js';
import { place } from './place.js';
import { DASHES, marked, round, textWidth } from './shapes.js';

const HEIGHT = 58;
const HALF = HEIGHT / 2;
const LAYER = 112;
const GAP = 28;
const MARGIN = 28;
const TITLE = 34;
/** How far the box behind a stacked one stands out. */
const STACK = 4;

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
  const tints = tintsOf(drawing.boxes);
  const key = legend(drawing, tints);
  const right = Math.max(
    key.width,
    ...shape.layers.flat().map((v) => at(v)[0] + (widths.get(v.id) ?? 0) / 2),
  );
  const [width, height] = [
    Math.ceil(right + MARGIN),
    MARGIN * 3 + TITLE + HEIGHT + (shape.layers.length - 1) * LAYER + key.height,
  ];
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif">`,
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerUnits="userSpaceOnUse" markerWidth="9" markerHeight="9" orient="auto"><path d="M0 0L8 4L0 8z" fill="#667"/></marker></defs>',
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    `<text x="${MARGIN}" y="${MARGIN + 8}" font-size="18" font-weight="600">${marked(drawing.title)}</text>`,
    ...shape.routes.map((route, i) => {
      const stacked = (boxes.get(route.at(-1)?.id ?? '')?.dims.length ?? 0) > 0;
      return arrow(route.map(at), drawing.arrows[i], stacked ? STACK : 0);
    }),
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
    `<g transform="translate(${MARGIN} ${height - MARGIN - key.height})">${key.svg}</g>`,
    '</svg>',
  ];
  return `${parts.join('\n')}\n`;
}

type Point = readonly [number, number];

function widthOf({ name, node, dims }: Box): number {
  const lines = [textWidth(name, 13), textWidth(node, 11), textWidth(dimsText(dims), 11)];
  return Math.ceil(Math.max(90, ...lines)) + 24;
}

function drawBox(
  { name, group, node, dims }: Box,
  [cx, cy]: Point,
  width: number,
  tint: string,
): string {
  const [left, top] = [cx - width / 2, cy - HALF];
  const rect = (shift: number) =>
    `<rect x="${round(left + shift)}" y="${round(top - shift)}" width="${width}" height="${HEIGHT}" rx="6" fill="${tint}" stroke="#556"/>`;
  const text = (y: number, size: number, fill: string, words: string, weight = 400) =>
    `<text x="${round(cx)}" y="${round(top + y)}" text-anchor="middle" font-size="${size}" fill="${fill}" font-weight="${weight}">${marked(words)}</text>`;
  // Without a third line the other two stand in the middle.
  const down = dims.length > 0 ? 0 : 7;
  return [
    `<g><title>${marked([...group, name].join('/'))}</title>`,
    ...(dims.length > 0 ? [rect(STACK)] : []),
    rect(0),
    text(21 + down, 13, '#112', name, 600),
    text(36 + down, 11, '#556', node),
    ...(dims.length > 0 ? [text(50, 11, '#257', dimsText(dims))] : []),
    '</g>',
  ].join('');
}

/** @param lift  how far above its box the tip ends. */
function arrow(points: readonly Point[], style: Arrow | undefined, lift: number): string {
  const kind = style?.kind ?? 'data';
  const path = points.map(([x, y], i) => {
    const before = points[i - 1];
    if (!before) return `M${round(x)} ${round(y + HALF)}`;
    // Curves stay in the gap between two layers; beside boxes a line runs straight down, so that it never crosses one.
    const middle = round((before[1] + y) / 2);
    const curve = `C${round(before[0])} ${middle} ${round(x)} ${middle} ${round(x)} `;
    return i < points.length - 1
      ? `${curve}${round(y - HALF)}V${round(y + HALF)}`
      : `${curve}${round(y - HALF - lift)}`;
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
