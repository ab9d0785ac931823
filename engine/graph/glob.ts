/*
 * Globs know `*` and `?` within one name and `**` for any number of folders. Matching is a table of prefixes, so its time
 * is the product of the lengths whatever the pattern; a regular expression made from a hostile glob could run for ever.
 */

/** Does the text hold a wildcard? */
export function isGlob(text: string): boolean {
  return /[*?]/.test(text);
}

/** Characters other tools give a meaning to in globs; here they have none, and are refused. */
export function foreignWildcard(text: string): string | undefined {
  return /[[\]{}!()|]/.exec(text)?.[0];
}

/** The folders before the first wildcard. */
export function fixedFolder(glob: string): string {
  const parts = glob.split('/');
  const first = parts.findIndex(isGlob);
  return parts.slice(0, first < 0 ? parts.length - 1 : first).join('/');
}

/** Does a path match a glob? Both with `/` between names. */
export function matches(glob: string, path: string): boolean {
  const pattern = glob.split('/');
  const names = path.split('/');
  return covers(pattern, names, (p) => p === '**', nameMatches);
}

function nameMatches(pattern: string, name: string): boolean {
  return covers(
    [...pattern],
    [...name],
    (p) => p === '*',
    (p, c) => p === '?' || p === c,
  );
}

/** Can the patterns cover all parts in order, where those that `spans` may cover any number of parts? */
function covers(
  patterns: readonly string[],
  parts: readonly string[],
  spans: (pattern: string) => boolean,
  fits: (pattern: string, part: string) => boolean,
): boolean {
  // reached[i]: the patterns so far cover exactly the first i parts.
  let reached = new Array<boolean>(parts.length + 1).fill(false);
  reached[0] = true;
  for (const pattern of patterns) {
    const next = new Array<boolean>(parts.length + 1).fill(false);
    for (let i = 0; i <= parts.length; i++) {
      if (spans(pattern)) next[i] = reached[i] === true || (i > 0 && next[i - 1] === true);
      else if (i > 0 && reached[i - 1] === true) next[i] = fits(pattern, parts[i - 1] ?? '');
    }
    reached = next;
  }
  return reached[parts.length] === true;
}
