import type { Diagnostic } from '../diag/diagnostic.js';
import type { Emit } from '../run/events.js';

/** Where reporters write and how. */
export interface Screen {
  write(text: string): void;
  readonly color: boolean;
  /** Characters in a line. */
  readonly width: number;
  /** Milliseconds of a clock that only goes forward. */
  now(): number;
  /** Problems as people read them, with excerpts. */
  explain(problems: readonly Diagnostic[]): string;
}

/** Turns the events of a run into text while it goes on. */
export interface Reporter {
  readonly take: Emit;
  /** Leave the screen in order; nothing is written after it. */
  close(): void;
}
