import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';

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

  constructor(
    path: string,
    private readonly sync: boolean,
  ) {
    this.#fd = openSync(path, 'ax', 0o644);
  }

  add(line: string): void {
    this.#waiting.push(line);
    this.#size += line.length + 1;
    if (this.sync || this.#size >= BATCH) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), PATIENCE).unref();
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#waiting.length === 0) return;
    const text = `${this.#waiting.join('\n')}\n`;
    this.#waiting = [];
    this.#size = 0;
    writeAll(this.#fd, Buffer.from(text));
    if (this.sync) fsyncSync(this.#fd);
  }

  close(): void {
    this.flush();
    closeSync(this.#fd);
  }
}

function writeAll(fd: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
}
