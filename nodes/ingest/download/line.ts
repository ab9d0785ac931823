/** What a connection needs to know. */
export interface How {
  /** Milliseconds without a byte after which a connection is given up. */
  readonly silence: number;
  readonly signal: AbortSignal;
}

/** What is said where no connection came about: no such name, nobody there, no way. */
const UNREACHED: ReadonlySet<string> = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** A connection that is cut when it is silent for too long, or when nobody wants it any more. */
export class Line {
  readonly #cut = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #gone: Promise<never>;
  #leave: (reason: unknown) => void = () => {};
  readonly #stop = () => {
    this.#cut.abort();
    this.#leave(this.#cut.signal.reason);
  };

  constructor(readonly how: How) {
    this.#gone = new Promise((_, reject) => {
      this.#leave = reject;
    });
    // Nobody may be listening at the moment it is cut.
    this.#gone.catch(() => undefined);
    how.signal.addEventListener('abort', this.#stop, { once: true });
    this.heard();
    if (how.signal.aborted) this.#stop();
  }

  get signal(): AbortSignal {
    return this.#cut.signal;
  }

  /** What the network gives, or a rejection as soon as the connection is cut: a body that was cut may never say so itself. */
  until<T>(work: Promise<T>): Promise<T> {
    return Promise.race([work, this.#gone]);
  }

  /** Something came: the time of silence begins anew. */
  heard(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#stop, this.how.silence);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.how.signal.removeEventListener('abort', this.#stop);
    // Frees the connection of a body that nobody read to its end.
    this.#cut.abort();
  }

  /** What the network threw, as a reason; cancelled runs throw on. */
  broken(thrown: unknown): {
    readonly kind: 'again';
    readonly why: string;
    readonly unreached?: true;
  } {
    this.how.signal.throwIfAborted();
    if (this.signal.aborted) return { kind: 'again', why: `silent for ${this.how.silence} ms` };
    const why = reasonOf(thrown);
    return UNREACHED.has(why) ? { kind: 'again', why, unreached: true } : { kind: 'again', why };
  }
}

/** The code of what happened to the connection, such as ECONNREFUSED; fetch keeps it under `cause`. */
function reasonOf(thrown: unknown): string {
  if (typeof thrown !== 'object' || thrown === null) return String(thrown);
  const cause = 'cause' in thrown ? thrown.cause : undefined;
  const coded = typeof cause === 'object' && cause !== null && 'code' in cause;
  if (coded) return String(cause.code);
  return 'message' in thrown ? String(thrown.message) : String(thrown);
}
