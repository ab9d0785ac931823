/** Milliseconds as people say them: `0.34 s`, `42.1 s`, `3:05 min`, `1:02:10 h`. */
export function duration(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 10) return `${seconds.toFixed(2)} s`;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)} h` : `${m}:${two(s)} min`;
}

/** Bytes in powers of 1024: `312 B`, `4.2 KiB`, `1.31 GiB`. */
export function bytes(count: number): string {
  if (count < 1024) return `${count} B`;
  const units = ['KiB', 'MiB', 'GiB', 'TiB'];
  let [value, unit] = [count / 1024, 0];
  while (value >= 1024 && unit < units.length - 1) [value, unit] = [value / 1024, unit + 1];
  return `${value < 10 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : value.toFixed(0)} ${units[unit]}`;
}

/** A whole number with thousands set apart: `10,000`. */
export function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** `1 item`, `2 items`. */
export function plural(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`;
}

/** A number for a table: at most `digits` significant digits, no noise behind them; missing is `·`. */
export function number(value: number | null, digits = 5): string {
  if (value === null || Number.isNaN(value)) return MISSING;
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value);
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e9)) return value.toExponential(digits - 1);
  return String(Number(value.toPrecision(digits)));
}

/** What stands for a missing value in tables. */
export const MISSING = '·';

/** UTC milliseconds as `2024-01-31` or `2024-01-31 08:05` (seconds only where there are any). */
export function time(ms: number): string {
  if (!Number.isFinite(ms) || Math.abs(ms) > 8.64e15) return MISSING;
  const text = new Date(ms).toISOString();
  if (ms % 86_400_000 === 0) return text.slice(0, 10);
  const end = ms % 60_000 === 0 ? 16 : ms % 1000 === 0 ? 19 : 23;
  return text.slice(0, end).replace('T', ' ');
}

/** The start of a digest, as far as people need it. */
export function short(digest: string): string {
  return digest.slice(0, 10);
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
