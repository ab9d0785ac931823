import { type Place, reporter } from '../diag/diagnostic.js';
import type { Problems } from '../diag/problems.js';
import { suggestion } from '../diag/suggest.js';
import { UNIT_WORDS, unknownWord } from '../expr/vocabulary.js';

const report = reporter({ 'unit/unknown': 'No unit is called "{word}".' });

/** Hold a declared unit to the words that units are made of. */
export function checkUnit(text: string, place: Place, problems: Problems): boolean {
  const word = unknownWord(text);
  if (word === undefined) return true;
  const hint = suggestion(word, UNIT_WORDS);
  problems.add(report('unit/unknown', place, { word, unit: text }, { hint }));
  return false;
}
