/** A column of a text table. */
export interface TableColumn {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

/**
 * Rows of text under titles, columns two spaces apart.
 * @param width  columns that do not fit are cut at this many characters; 0 cuts nothing.
 */
export function table(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  width = 0,
): string {
  const widths = columns.map(({ title }, c) =>
    Math.max(size(title), ...rows.map((row) => size(row[c] ?? ''))),
  );
  const line = (cells: readonly string[]) => {
    const text = columns
      .map(({ align }, c) => pad(cells[c] ?? '', widths[c] ?? 0, align))
      .join('  ')
      .trimEnd();
    return width > 0 ? cut(text, width) : text;
  };
  return [
    line(columns.map((c) => c.title)),
    line(widths.map((w) => '-'.repeat(w))),
    ...rows.map(line),
  ].join('\n');
}

/** The same rows as comma-separated values (RFC 4180). */
export function csv(names: readonly string[], rows: readonly (readonly string[])[]): string {
  const quote = (cell: string) =>
    /[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
  return [names, ...rows].map((cells) => cells.map(quote).join(',')).join('\n');
}

/** A text of at most `width` characters; `…` stands for what was cut. */
export function cut(text: string, width: number): string {
  const letters = [...text];
  return letters.length <= width ? text : `${letters.slice(0, Math.max(0, width - 1)).join('')}…`;
}

function pad(text: string, width: number, align: TableColumn['align']): string {
  const gap = ' '.repeat(Math.max(0, width - size(text)));
  return align === 'right' ? gap + text : text + gap;
}

function size(text: string): number {
  return [...text].length;
}
