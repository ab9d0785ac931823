/** What stands where there is no number. */
export const NOTHING = '–';

/** A number with fixed decimals and a proper minus. */
export function fixed(value: number | null | undefined, decimals: number): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return NOTHING;
  const text = Math.abs(value).toFixed(decimals);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** A fraction in per cent. */
export function percent(value: number | null | undefined, decimals = 1): string {
  const text = fixed(typeof value === 'number' ? value * 100 : value, decimals);
  return text === NOTHING ? text : `${text}%`;
}

/** A fraction in basis points. */
export function points(value: number | null | undefined, decimals = 1): string {
  return fixed(typeof value === 'number' ? value * 10_000 : value, decimals);
}

/** A whole number with groups of three digits. */
export function whole(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return NOTHING;
  const digits = String(Math.round(Math.abs(value))).replace(/\B(?=(\d{3})+$)/g, '\u202f');
  return value < 0 ? `−${digits}` : digits;
}

/** A probability: four decimals, or the power of ten when it is smaller; one too small for a number is not shown as 0. */
export function probability(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return NOTHING;
  if (value === 0) return '< 1e-300';
  return value < 0.0001 ? value.toExponential(1) : value.toFixed(4);
}

/** A probability that something holds: never certain. */
export function confidence(value: number | null | undefined): string {
  return typeof value === 'number' && value > 0.9999 ? '> 0.9999' : probability(value);
}

/** A p-value that cannot be told apart from anything below `least`: the resolution of the draws it was counted in. */
export function resolved(
  value: number | null | undefined,
  least: number | null | undefined,
): string {
  const bound = typeof value === 'number' && typeof least === 'number' && value <= least;
  return bound ? atMost(value) : probability(value);
}

/** A probability that is an upper bound. */
export function atMost(value: number | null | undefined): string {
  const text = probability(value);
  return text === NOTHING ? text : `≤ ${text}`;
}

/** A number of any size in four digits, without zeros that say nothing. */
export function significant(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return NOTHING;
  return String(Number(value.toPrecision(4)))
    .replace('-', '−')
    .replace('e−', 'e-');
}

/** A UTC day. */
export function day(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** Decimals that tell values apart that lie a step from each other. */
export function decimalsOf(step: number): number {
  let decimals = 0;
  for (let s = step; s < 1 - 1e-9 && decimals < 8; s *= 10) decimals++;
  return decimals;
}

/** Milliseconds as minutes, hours or days. */
export function lasting(ms: number): string {
  const minutes = ms / 60_000;
  if (minutes < 120) return `${Number(minutes.toFixed(1))} min`;
  const hours = minutes / 60;
  return hours < 72 ? `${Number(hours.toFixed(1))} h` : `${Number((hours / 24).toFixed(1))} d`;
}
