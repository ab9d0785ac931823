import type { Place } from './diagnostic.js';

/** The lines of a text, found once: offsets (UTF-16 units from 0) to places, and lines (from 1) to their text. */
export class Lines {
  readonly #text: string;
  readonly #starts: readonly number[];

  constructor(text: string) {
    const starts = [0];
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
      starts.push(at + 1);
    }
    this.#text = text;
    this.#starts = starts;
  }

  get count(): number {
    return this.#starts.length;
  }

  /** The text of a line without its line break, or undefined if there is no such line. */
  line(number: number): string | undefined {
    const start = this.#starts[number - 1];
    return start === undefined ? undefined : this.#text.slice(start, this.#end(number));
  }

  /** The stretch from one offset to another, cut at the end of its first line; at least one column long. */
  place(file: string, from: number, to: number): Place {
    const inside = Math.min(Math.max(from, 0), this.#text.length);
    const line = this.#lineOf(inside);
    const end = this.#end(line);
    const start = Math.min(inside, end);
    const length = Math.max(1, Math.min(to, end) - start);
    return { file, line, col: start - (this.#starts[line - 1] ?? 0) + 1, length };
  }

  #end(line: number): number {
    const next = this.#starts[line];
    if (next === undefined) return this.#text.length;
    return this.#text[next - 2] === '\r' ? next - 2 : next - 1;
  }

  #lineOf(offset: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  }
}
