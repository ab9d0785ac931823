/** What a command may ask of the process it runs in; tests give their own. */
export interface Io {
  readonly cwd: string;
  /** Words after the program's name. */
  readonly argv: readonly string[];
  /** Make a folder the one that relative paths start from: nodes read files by names from the project. */
  enter(folder: string): void;
  /** The checkout that the program was started from: the project where `cwd` lies in none. */
  readonly home: string;
  /** Write to standard output: results. */
  out(text: string): void;
  /** Write to standard error: progress and problems. */
  err(text: string): void;
  /** Colours on standard output and on standard error. */
  readonly color: { readonly out: boolean; readonly err: boolean };
  /** Whether standard error is a terminal whose lines can be drawn again. */
  readonly live: boolean;
  /** Characters in a line of the terminal; 0 where there is none. */
  readonly width: number;
  /** Milliseconds of a clock that only goes forward. */
  now(): number;
  /** Call `handler` when the user interrupts; the function returned stops that. */
  onInterrupt(handler: () => void): () => void;
}

/** The real thing. */
export function processIo(home: string): Io {
  const { stdout, stderr, env } = process;
  const color = (tty: boolean) =>
    env.NO_COLOR === undefined && (tty || env.FORCE_COLOR !== undefined);
  for (const stream of [stdout, stderr]) stream.on('error', goOnQuietly);
  return {
    cwd: process.cwd(),
    argv: process.argv.slice(2),
    home,
    enter: (folder) => process.chdir(folder),
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    color: { out: color(stdout.isTTY), err: color(stderr.isTTY) },
    live: stderr.isTTY === true && env.CI === undefined && env.TERM !== 'dumb',
    width: stdout.isTTY ? stdout.columns : 0,
    now: () => performance.now(),
    onInterrupt(handler) {
      process.on('SIGINT', handler);
      process.on('SIGTERM', handler);
      return () => {
        process.off('SIGINT', handler);
        process.off('SIGTERM', handler);
      };
    },
  };
}

/**
 * The reader of a pipe (`dag run … | head`) may leave before all is written. What a command does goes on without it, and how it
 * ended is still told by its exit code: a run that stopped here would have published half of what it made.
 */
function goOnQuietly(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') throw error;
}
