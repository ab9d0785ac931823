import { closeSync, fsyncSync, openSync } from 'node:fs';
import { writeAll } from '../store/atomic.js';
import { guarded } from '../store/failure.js';

/** Bytes collected before they are written at once. */
const BATCH = 64 * 1024;
/** Milliseconds a line may wait for others; what a killed process loses at most. */
const PATIENCE = 200;

/** Appends lines to a file it alone writes. `sync` puts every batch on the disk itself before going on. */
export class Lines {
  readonly #fd: number;
  #waiting: string[] = [];
  #size = 0;
  #timer: NodeJS.Timeout | undefined;
  /** Why lines could not be written while nobody was there to be told. */
  #failure: { readonly thrown: unknown } | undefined;

  /** @throws store/disk-full, store/read-only … */
  constructor(
    readonly path: string,
    private readonly sync: boolean,
  ) {
    this.#fd = guarded(path, () => openSync(path, 'ax', 0o644));
  }

  /** @throws store/disk-full …, for earlier lines too */
  add(line: string): void {
    if (this.#failure) throw this.#failure.thrown;
    this.#waiting.push(line);
    this.#size += line.length + 1;
    if (this.sync || this.#size >= BATCH) this.flush();
    else this.#timer ??= setTimeout(() => this.#flushAlone(), PATIENCE).unref();
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#waiting.length === 0) return;
    const text = `${this.#waiting.join('\n')}\n`;
    this.#waiting = [];
    this.#size = 0;
    guarded(this.path, () => {
      writeAll(this.#fd, Buffer.from(text));
      if (this.sync) fsyncSync(this.#fd);
    });
  }

  close(): void {
    if (this.#failure) throw this.#failure.thrown;
    this.flush();
    closeSync(this.#fd);
  }

  /** By the clock: what goes wrong is told to whoever adds or closes next. */
  #flushAlone(): void {
    try {
      this.flush();
    } catch (thrown) {
      this.#failure = { thrown };
    }
  }
}
