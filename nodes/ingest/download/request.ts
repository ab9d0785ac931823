import { now } from './clock.js';
import { type How, Line } from './line.js';
import { retryAfter } from './wait.js';

// One request, once: whatever may happen is an answer, so that only our own mistakes are thrown.

/** Longest error text that is read. */
const SAID = 500;
/** Redirects that are followed within the host. */
const HOPS = 3;
/** A ban without a word on its length: the shortest that Binance gives, in milliseconds. */
const BAN = 120_000;

/** What takes the pieces of a body; `end` says what they came to, or why they are nothing that was asked for. */
export interface Taker<T> {
  /** Most bytes that are taken. */
  readonly limit: number;
  take(piece: Uint8Array): void | Promise<void>;
  end(): Fit<T> | Promise<Fit<T>>;
  /** Called instead of `end` when the body does not come whole. */
  drop(): void | Promise<void>;
}
export type Fit<T> = { readonly value: T } | { readonly unfit: string };

export type Answer<T> =
  | { readonly kind: 'got'; readonly value: T; readonly headers: Headers }
  | { readonly kind: 'absent' }
  /** May pass by itself. `limited`: we asked too often; `after`: milliseconds the host asks us to wait. */
  | {
      readonly kind: 'again';
      readonly why: string;
      readonly limited?: true;
      readonly after?: number;
      /** There was no connection at all. */
      readonly unreached?: true;
    }
  | { readonly kind: 'never'; readonly status: number; readonly said: string }
  | { readonly kind: 'halt'; readonly code: string; readonly facts: Facts };
type Facts = Readonly<Record<string, string | number>>;

/** Ask once. @throws the signal's reason, and what the taker throws. */
export async function once<T>(url: string, taker: Taker<T>, how: How): Promise<Answer<T>> {
  const line = new Line(how);
  let whole = false;
  try {
    const reply = await follow(url, line);
    if ('kind' in reply) return reply;
    if (reply.status !== 200) return await refusal(url, reply, line);
    const problem = await pour(url, reply, taker, line);
    if (problem) return problem;
    const fit = await taker.end();
    whole = true;
    if ('unfit' in fit) return { kind: 'again', why: fit.unfit };
    return { kind: 'got', value: fit.value, headers: reply.headers };
  } finally {
    line.close();
    if (!whole) await taker.drop();
  }
}

async function follow(url: string, line: Line): Promise<Response | Answer<never>> {
  let target = new URL(url);
  for (let hop = 0; ; hop++) {
    let reply: Response;
    try {
      reply = await line.until(fetch(target.href, { redirect: 'manual', signal: line.signal }));
    } catch (thrown) {
      return line.broken(thrown);
    }
    line.heard();
    const location = reply.headers.get('location');
    if (reply.status < 300 || reply.status > 399 || location === null) return reply;
    const next = URL.canParse(location, target.href) ? new URL(location, target.href) : target;
    // The same scheme, host and port: what was asked for by https is not taken by http.
    if (next === target || next.origin !== target.origin || hop >= HOPS)
      return { kind: 'halt', code: 'ingest/left-host', facts: { url, target: location } };
    target = next;
  }
}

/** Everything but 200. */
async function refusal<T>(url: string, reply: Response, line: Line): Promise<Answer<T>> {
  const { status } = reply;
  if (status === 404) return { kind: 'absent' };
  if (status === 451) {
    return { kind: 'halt', code: 'ingest/region-refused', facts: { host: new URL(url).host, url } };
  }
  const after = retryAfter(reply.headers.get('retry-after'), now());
  const why = `status ${status}`;
  if (status === 418) return { kind: 'again', why, limited: true, after: after ?? BAN };
  if (status === 429) return { kind: 'again', why, limited: true, ...given(after) };
  if (status >= 500 || status === 408 || status === 425)
    return { kind: 'again', why, ...given(after) };
  return { kind: 'never', status, said: await beginning(reply, line) };
}

function given(after: number | undefined): { readonly after?: number } {
  return after === undefined ? {} : { after };
}

/** @returns why the body did not come whole, if it did not. */
async function pour<T>(
  url: string,
  reply: Response,
  taker: Taker<T>,
  line: Line,
): Promise<Answer<T> | undefined> {
  const tooLarge = {
    kind: 'halt',
    code: 'ingest/too-much',
    facts: { url, limit: taker.limit },
  } as const;
  const length = Number(reply.headers.get('content-length') ?? Number.NaN);
  if (length > taker.limit) return tooLarge;
  const reader = reply.body?.getReader();
  let bytes = 0;
  while (reader) {
    let piece: Uint8Array | undefined;
    try {
      piece = (await line.until(reader.read())).value;
    } catch (thrown) {
      return line.broken(thrown);
    }
    line.heard();
    if (piece === undefined) break;
    bytes += piece.length;
    if (bytes > taker.limit) return tooLarge;
    await taker.take(piece);
  }
  const encoded = reply.headers.has('content-encoding');
  if (encoded || Number.isNaN(length) || bytes === length) return undefined;
  return { kind: 'again', why: `${bytes} of ${length} bytes came` };
}

/** The first words of an error, on one line. */
async function beginning(reply: Response, line: Line): Promise<string> {
  const reader = reply.body?.getReader();
  let text = '';
  const decoder = new TextDecoder();
  while (reader && text.length < SAID) {
    try {
      const { value } = await line.until(reader.read());
      if (value === undefined) break;
      text += decoder.decode(value, { stream: true });
    } catch (thrown) {
      return line.broken(thrown).why;
    }
  }
  return text.slice(0, SAID).replace(/\s+/g, ' ').trim();
}
