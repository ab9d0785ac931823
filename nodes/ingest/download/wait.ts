import { sha256 } from '../../../engine/sdk/index.js';

/** Longest pause between two attempts that we choose ourselves, in milliseconds. */
const LONGEST = 60_000;

/** Resolves after some milliseconds. @throws the signal's reason, as soon as it is aborted. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
  });
}

/**
 * How long to wait before another attempt: twice as long each time, somewhere in the upper half of that, so that requests which
 * failed together do not come back together. The place is drawn from the address, not from chance: a run can be repeated.
 * @param attempt  1 after the first failure.
 */
export function backoffOf(base: number, attempt: number, url: string): number {
  const whole = Math.min(LONGEST, base * (1 << Math.min(attempt - 1, 16)));
  const drawn = Number.parseInt(sha256(`${attempt} ${url}`).slice(0, 8), 16) / 0xffff_ffff;
  return whole * (0.5 + drawn / 2);
}

/** Milliseconds that a `Retry-After` header asks for, in seconds or as a date; undefined where it says nothing we know. */
export function retryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1000;
  // A date begins with its weekday; Date.parse takes more than that for one.
  const date = /^[A-Z][a-z]{2}/.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
