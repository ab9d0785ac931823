/**
 * The words that units are made of: a closed list, so that a mistyped unit is an error and not a new one. Units of one
 * dimension cancel and must agree; labels tell what a pure number is, and are held against other labels only.
 */

/** What columns are measured in. */
export const MEASURES: readonly string[] = ['base', 'ms', 'quote', 'trades', 'year', '√year'];

/** Words that name a scale of pure numbers, not a dimension; a unit that starts with one is a label as a whole. */
export const LABELS: readonly string[] =
  `bar bars bps correlation count counts degree factor fraction index log mad number percent pct point points prints
   hour hours minute minutes day days years probability quantile rank rate ratio return returns row rows score share shares sigma sign vote votes weight z %`.split(
    /\s+/,
  );

/** Words that may stand behind a label: `share of price`, `hour UTC`. */
const BEHIND: readonly string[] = ['price', 'UTC'];
const JOINTS: ReadonlySet<string> = new Set(['per', 'of', '1']);
const LABEL: ReadonlySet<string> = new Set(LABELS);
const KNOWN: ReadonlySet<string> = new Set([...MEASURES, ...LABELS]);

/** Every word a unit may start with. */
export const UNIT_WORDS: readonly string[] = [...KNOWN].sort();

/** Does this word name a scale of pure numbers? */
export function isLabel(word: string): boolean {
  return LABEL.has(word);
}

/** The first word of a unit that is none: `bp` in `bp per bar`. */
export function unknownWord(text: string): string | undefined {
  const words = text.split(/[\s/*]+/).flatMap((word) => word.replace(/(?<=.)\^\d+$/, '') || []);
  return words.find((word, i) => {
    if (KNOWN.has(word) || JOINTS.has(word)) return false;
    return !(i > 0 && LABEL.has(words[0] ?? '') && BEHIND.includes(word));
  });
}
