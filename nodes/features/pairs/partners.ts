/**
 * The symbol that each symbol is paired with. What is named goes first; all others are paired with the benchmark, and the benchmark with the
 * symbol that follows it by name, the first after the last. Names alone decide, never data: a pair chosen by how it did is chosen with hindsight.
 * @param symbols  those that have rows, in order of name.
 * @returns        partners by symbol; one that has no rows is told as it was named. Undefined where nothing says who is paired.
 */
export function partnersOf(
  symbols: readonly string[],
  named: Readonly<Record<string, string>>,
  benchmark: string | undefined,
): ReadonlyMap<string, string> | undefined {
  if (benchmark === undefined && Object.keys(named).length === 0) return undefined;
  const pairs = symbols.flatMap((symbol) => {
    const partner = named[symbol] ?? (symbol === benchmark ? after(symbol, symbols) : benchmark);
    return partner === undefined || partner === symbol ? [] : [[symbol, partner] as const];
  });
  return new Map(pairs);
}

function after(symbol: string, symbols: readonly string[]): string | undefined {
  return symbols[(symbols.indexOf(symbol) + 1) % symbols.length];
}
