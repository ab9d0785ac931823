/** What times of files count, from coarse to fine. */
const UNITS = ['s', 'ms', 'µs', 'ns'] as const;
export type Unit = (typeof UNITS)[number];

/** From here on a count is in the next finer unit: each limit is the year 5138 in the coarser one, and 1973 in the finer. */
const FINER_FROM = [1e11, 1e14, 1e17] as const;

/** The unit of a count, told by its size. */
export function unitOf(count: number): Unit {
  const [milli, micro, nano] = FINER_FROM;
  if (count >= nano) return 'ns';
  if (count >= micro) return 'µs';
  return count >= milli ? 'ms' : 's';
}

/** In which units the files of a data set count their times. */
export class UnitsOfFiles {
  readonly #files = new Map<Unit, string[]>();

  note(file: string, units: ReadonlySet<Unit>): void {
    for (const unit of units) this.#files.set(unit, [...(this.#files.get(unit) ?? []), file]);
  }

  /** `ms in 3 files (first: a.csv)` for each unit, if there are several; nothing where all count alike. */
  get mixed(): readonly string[] {
    if (this.#files.size < 2) return [];
    return UNITS.flatMap((unit) => {
      const files = this.#files.get(unit) ?? [];
      const [first] = files;
      if (first === undefined) return [];
      return [
        `${unit} in ${files.length} ${files.length > 1 ? 'files' : 'file'} (first: ${first})`,
      ];
    });
  }
}
