import { LABELS, MEASURES } from '../../expr/vocabulary.js';

/** The words that units are made of. */
export function unitsPage(): string {
  const words = (list: readonly string[]) =>
    [...list]
      .sort()
      .map((word) => `\`${word}\``)
      .join(', ');
  return `## Units

What columns and constants are measured in is written as \`quote / base\`, \`quote^2\`, \`1 / year\` or \`return per bar\`. Units multiply, divide and must agree under \`+ - <\`. The words are a closed list; another one is an error.

Measures, which have a dimension: ${words(MEASURES)}.

Labels, which tell what a pure number is, and go with pure numbers only: ${words(LABELS)}. More words may follow: \`share of price\`, \`hour UTC\`.
`;
}
