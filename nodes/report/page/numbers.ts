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

/** A probability: four decimals, or the power of ten when it is smaller. */
export function probability(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return NOTHING;
  return value !== 0 && value < 0.0001 ? value.toExponential(1) : value.toFixed(4);
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
