import { readFileSync } from 'node:fs';
import { DATA } from './real.js';

/** A row of the table of files in the README of a real data set. */
export type ReadmeRow = Readonly<Record<string, string>>;

/** The table of files that a README of `shared/data` ends in, by column name. */
export function readmeOf(set: string): readonly ReadmeRow[] {
  const lines = readFileSync(`${DATA}/${set}/README.md`, 'utf8').split('\n');
  const at = lines.findIndex((line) => line.startsWith('| file |'));
  const cells = (line: string) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
  const names = cells(lines[at] ?? '');
  return lines
    .slice(at + 2)
    .filter((line) => line.startsWith('|'))
    .map((line) => Object.fromEntries(cells(line).map((cell, i) => [names[i] ?? '', cell])));
}
