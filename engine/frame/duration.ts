const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/**
 * Milliseconds of a fixed length of time such as `5m`, `1h30m` or `0s`; months, years and bars have no fixed length.
 * @returns undefined when the text is no such length
 */
export function milliseconds(text: string): number | undefined {
  if (!/^(?:\d+(?:ms|s|m|h|d|w))+$/.test(text)) return undefined;
  let sum = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+)(ms|s|m|h|d|w)/g)) {
    sum += Number(amount) * (UNITS[unit ?? ''] ?? Number.NaN);
  }
  return Number.isSafeInteger(sum) ? sum : undefined;
}

/** A length of time as {@link milliseconds} reads it, in the largest units: `1h30m`. */
export function lengthText(ms: number): string {
  let left = ms;
  let text = '';
  for (const [unit, size] of Object.entries(UNITS).reverse()) {
    const count = Math.floor(left / size);
    if (count > 0) text += `${count}${unit}`;
    left -= count * size;
  }
  return text === '' ? '0s' : text;
}
