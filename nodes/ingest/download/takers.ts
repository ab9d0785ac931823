import type { Fit, Taker } from './request.js';

/** Largest answer of an endpoint, in bytes: exchangeInfo of all symbols has some megabytes. */
const LARGEST = 64 * 1024 * 1024;

/**
 * Take a body as text, and make of it what was asked for.
 * @param read  What the text says, or undefined if it is nothing that was asked for (an error page with status 200).
 */
export function textTaker<T>(
  what: string,
  read: (text: string) => T | undefined,
  limit: number = LARGEST,
): Taker<T> {
  const pieces: Uint8Array[] = [];
  return {
    limit,
    take: (piece) => void pieces.push(piece),
    drop: () => undefined,
    end: (): Fit<T> => {
      const text = textOf(pieces);
      const value = text === undefined ? undefined : read(text);
      return value === undefined ? { unfit: `the answer is no ${what}` } : { value };
    },
  };
}

/** The same for JSON. */
export function jsonTaker<T>(what: string, read: (json: unknown) => T | undefined): Taker<T> {
  return textTaker(what, (text) => {
    const json = jsonOf(text);
    return json === undefined ? undefined : read(json);
  });
}

/** A text as JSON; undefined if it is none. */
export function jsonOf(text: string): unknown {
  try {
    const json: unknown = JSON.parse(text);
    return json;
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return undefined;
    throw thrown;
  }
}

function textOf(pieces: readonly Uint8Array[]): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(pieces));
  } catch (thrown) {
    const coded = typeof thrown === 'object' && thrown !== null && 'code' in thrown;
    if (coded && thrown.code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return undefined;
    throw thrown;
  }
}
