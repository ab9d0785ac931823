import { distance } from 'fastest-levenshtein';

/** The legal name nearest to a mistyped one, or undefined if none is near enough to be meant. */
export function nearest(name: string, legal: Iterable<string>): string | undefined {
  const limit = Math.max(1, Math.floor(Math.max(name.length, 3) / 3));
  let best: string | undefined;
  let least = limit + 1;
  for (const candidate of legal) {
    const d = apart(name.toLowerCase(), candidate.toLowerCase());
    if (d < least || (d === least && best !== undefined && candidate < best)) {
      best = candidate;
      least = d;
    }
  }
  return best;
}

/** Edits between two names; two neighbours that changed places are one slip of the fingers, not two. */
function apart(a: string, b: string): number {
  const at = [...a].findIndex((letter, i) => letter !== b[i]);
  const swapped = `${a.slice(0, at)}${a[at + 1]}${a[at]}${a.slice(at + 2)}`;
  return at >= 0 && swapped === b ? 1 : distance(a, b);
}

/** `did you mean "x"?`, or the list of legal names when it is short, or nothing. */
export function suggestion(name: string, legal: Iterable<string>): string | undefined {
  const names = [...legal].sort();
  const near = nearest(name, names);
  if (near !== undefined) return `did you mean "${near}"?`;
  if (names.length === 0) return undefined;
  if (names.length <= 12) return `one of: ${names.join(', ')}`;
  return `one of: ${names.slice(0, 12).join(', ')} … (${names.length} in all)`;
}
