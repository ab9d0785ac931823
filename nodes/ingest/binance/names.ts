/** Names of files as Binance's public archive and plain exports give them. */

const MINUTE = 60_000;

/** Text of a bar length as it stands in file names: `5m`, `1h`, `1d`. */
export function intervalOf(spacing: number): string {
  if (spacing % (24 * 60 * MINUTE) === 0) return `${spacing / (24 * 60 * MINUTE)}d`;
  if (spacing % (60 * MINUTE) === 0) return `${spacing / (60 * MINUTE)}h`;
  return `${spacing / MINUTE}m`;
}

/**
 * The files that hold bars of a symbol: `BTCUSDT.parquet`, `BTCUSDT-2023-2024.parquet`, `BTCUSDT-5m-2025-02.csv` …,
 * never those of another bar length.
 * @param files  Paths or names, in any order.
 */
export function barFiles(
  files: readonly string[],
  symbol: string,
  spacing: number,
): readonly string[] {
  const interval = intervalOf(spacing);
  return files.filter((file) => {
    const rest = after(file, symbol);
    return (
      rest !== undefined && new RegExp(`^(-${interval})?(-[0-9-]+)?\\.(parquet|csv)$`).test(rest)
    );
  });
}

/** The files that hold funding: one for all symbols, or the archive's months of this symbol. */
export function fundingFiles(files: readonly string[], symbol: string): readonly string[] {
  return files.filter((file) => {
    const rest = after(file, symbol);
    return (
      nameOf(file) === 'funding_rate.parquet' ||
      (rest !== undefined && /^-fundingRate-[0-9-]+\.csv$/.test(rest))
    );
  });
}

/** A path without its folders. */
export function nameOf(file: string): string {
  return file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
}

function after(file: string, symbol: string): string | undefined {
  const name = nameOf(file);
  return name.startsWith(symbol) ? name.slice(symbol.length) : undefined;
}
