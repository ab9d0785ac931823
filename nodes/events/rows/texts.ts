import type { Frame } from '../../../engine/sdk/index.js';

/** The JSON of one value of a column, by row. */
type Cell = (row: number) => string;

const FLAGS = ['false', 'true'] as const;
const missing: Cell = () => 'null';

/**
 * Some columns of a row as the text of a JSON object, canonical (RFC 8785) where the names are sorted; what is missing, or no column, is null.
 * Written piece by piece: an object a row and a walk over it take several times as long.
 */
export function objectTexts(frame: Frame, names: readonly string[]): (row: number) => string {
  const cells = names.map((name, i) => {
    return { head: `${i === 0 ? '' : ','}${JSON.stringify(name)}:`, cell: cellOf(frame, name) };
  });
  return (row) => {
    let text = '{';
    for (const { head, cell } of cells) text += head + cell(row);
    return `${text}}`;
  };
}

function cellOf(frame: Frame, name: string): Cell {
  const column = frame.has(name) ? frame.get(name) : undefined;
  if (!column) return missing;
  switch (column.dtype) {
    case 'bool':
      return (row) => FLAGS[column.values[row] ?? 2] ?? 'null';
    case 'text':
      return (row) => JSON.stringify(column.words[column.codes[row] ?? 0] ?? null);
    default:
      // JSON has no number for what is missing, and this writes null.
      return (row) => JSON.stringify(column.values[row] ?? null);
  }
}
