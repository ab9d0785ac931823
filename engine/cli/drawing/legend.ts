import type { Arrow, Drawing } from './drawing.js';
import { DASHES, marked, textWidth } from './shapes.js';

const LINE = 18;
const SAMPLE = 30;
const SIZE = 11;

/** What the signs of a drawing mean; only those that occur in it. */
export function legend(
  { boxes, arrows }: Drawing,
  tints: ReadonlyMap<string, string>,
): { readonly svg: string; readonly width: number; readonly height: number } {
  const used = (is: (arrow: Arrow) => boolean) => arrows.some(is);
  const lines = [
    ...(boxes.some((b) => b.dims.length > 0)
      ? [{ sample: stack(), words: 'one item for each combination of its dimensions' }]
      : []),
    ...[...tints]
      .filter(([group]) => group !== '')
      .map(([group, tint]) => ({ sample: swatch(tint), words: `inside ${group}` })),
    ...(used((a) => a.gathers)
      ? [{ sample: line(2.2, ''), words: 'several items meet in one' }]
      : []),
    ...KINDS.filter(({ kind }) => used((a) => a.kind === kind)).map(({ kind, words }) => ({
      sample: line(1.1, DASHES[kind]),
      words,
    })),
  ];
  const rows = lines.map(
    ({ sample, words }, i) =>
      `<g transform="translate(0 ${i * LINE})">${sample}<text x="${SAMPLE + 10}" y="10" font-size="${SIZE}" fill="#556">${marked(words)}</text></g>`,
  );
  const widest = Math.max(0, ...lines.map(({ words }) => textWidth(words, SIZE)));
  return { svg: rows.join(''), width: SAMPLE + 10 + widest, height: lines.length * LINE };
}

const KINDS = [
  { kind: 'points', words: 'gives the values of a dimension' },
  { kind: 'after', words: 'runs before, gives no data' },
  { kind: 'else', words: 'stands in when a condition does not hold' },
] as const;

function swatch(tint: string): string {
  return `<rect y="1" width="${SAMPLE}" height="11" rx="3" fill="${tint}" stroke="#556"/>`;
}

function stack(): string {
  const rect = (x: number, y: number) =>
    `<rect x="${x}" y="${y}" width="${SAMPLE - 3}" height="9" rx="3" fill="#fff" stroke="#556"/>`;
  return rect(3, 0) + rect(0, 3);
}

function line(weight: number, dashes: string): string {
  return `<path d="M0 6H${SAMPLE}" stroke="#667" stroke-width="${weight}"${dashes}/>`;
}
