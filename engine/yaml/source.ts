import type { Place } from '../diag/diagnostic.js';
import { Lines } from '../diag/lines.js';

/** A YAML text while it is being read: where its offsets stand. */
export interface Source {
  readonly file: string;
  readonly text: string;
  /** The place from one offset to another (UTF-16 units), cut at the end of its first line. */
  at(from: number, to: number): Place;
}

/** Make the source of a text. */
export function sourceOf(text: string, file: string): Source {
  const lines = new Lines(text);
  return { file, text, at: (from, to) => lines.place(file, from, to) };
}
