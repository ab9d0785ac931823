import { dot } from './dot.js';
import type { Drawing } from './drawing.js';
import { mermaid } from './mermaid.js';
import { svg } from './svg.js';

const FORMATS = { mermaid, dot, svg } as const;

/** A drawing as text of a format. */
export function render(drawing: Drawing, format: keyof typeof FORMATS): string {
  return FORMATS[format](drawing);
}
