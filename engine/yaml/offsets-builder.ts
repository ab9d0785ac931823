/**
 * Where the characters of a scalar's value stand in its source: character `i` (a UTF-16 unit) is written from `from[i]` to
 * `to[i]`. `end` is where the text of the scalar ends: quotes, a trailing line break and comments are outside.
 */
export interface Offsets {
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly end: number;
  /** The value, made again character by character; equal to what the parser gives, and tested to be. */
  readonly value: string;
}

/** Collects the characters of a value with their source. */
export class OffsetsBuilder {
  readonly #from: number[] = [];
  readonly #to: number[] = [];
  #value = '';

  /** Add characters that are all written between `from` and `to`. */
  add(characters: string, from: number, to: number): void {
    for (let i = 0; i < characters.length; i++) {
      this.#from.push(from);
      this.#to.push(to);
    }
    this.#value += characters;
  }

  /** Add a stretch of source that stands for itself. */
  copy(text: string, from: number): void {
    for (let i = 0; i < text.length; i++) {
      this.#from.push(from + i);
      this.#to.push(from + i + 1);
    }
    this.#value += text;
  }

  done(end: number): Offsets {
    return { from: this.#from, to: this.#to, end, value: this.#value };
  }
}
