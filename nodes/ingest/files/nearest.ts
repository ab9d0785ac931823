import { distance } from 'fastest-levenshtein';

/** ` (did you mean "open_time"?)`, or nothing where no name is near enough to be meant. */
export function meant(name: string, names: readonly string[]): string {
  const plain = (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  const wanted = plain(name);
  const ranked = names
    .map((candidate) => ({ candidate, apart: distance(wanted, plain(candidate)) }))
    .filter(({ candidate, apart }) => candidate !== '' && apart <= Math.max(1, name.length / 3))
    .sort((a, b) => a.apart - b.apart || (a.candidate < b.candidate ? -1 : 1));
  const [best] = ranked;
  return best ? ` (did you mean "${best.candidate}"?)` : '';
}
