import type { Diagnostic } from '../diag/diagnostic.js';
import { reporter } from '../diag/diagnostic.js';
import { Cursor, Stop } from './cursor.js';
import { Grammar } from './grammar.js';
import { type Locate, lex } from './lex.js';
import type { Tree } from './tree.js';

export { MAX_DEPTH } from './grammar.js';
export type { Locate } from './lex.js';
export { printFormula } from './print.js';

const report = reporter({
  'expr/empty': 'The formula is empty.',
  'expr/too-long': 'The formula has {length} characters; at most {limit} are allowed.',
});

/** How long a formula may be, in characters. */
export const MAX_LENGTH = 16_384;

/**
 * Read a formula.
 * @param locate  From a character offset and length in `text` to the place in its file.
 * @returns       The tree, or what is wrong with the text. Nothing else is thrown, whatever the text.
 */
export function parseFormula(
  text: string,
  locate: Locate,
): { readonly tree: Tree | undefined; readonly problems: readonly Diagnostic[] } {
  const refused = (problem: Diagnostic) => ({ tree: undefined, problems: [problem] });
  if (text.length > MAX_LENGTH) {
    const facts = { length: text.length, limit: MAX_LENGTH };
    return refused(report('expr/too-long', locate(0, 1), facts));
  }
  const { tokens, problem } = lex(text, locate);
  if (problem !== undefined) return refused(problem);
  if (tokens.length === 1) return refused(report('expr/empty', locate(0, 1)));
  try {
    return { tree: new Grammar(new Cursor(tokens, locate)).formula(), problems: [] };
  } catch (error) {
    if (error instanceof Stop) return refused(error.problem);
    throw error;
  }
}
