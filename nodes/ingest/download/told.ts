import type { Brought, State } from './archive.js';

/** A file that was asked for, and for what; a list of symbols is for none. */
export interface Asked extends Brought {
  readonly symbol?: string;
  readonly dataset?: string;
}

/** One file of the folder, as it is told. */
export interface ToldFile {
  readonly name: string;
  readonly state: State;
  /** Where it came from. */
  readonly from: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Whose it is and what it holds; a list of symbols has neither. */
  readonly symbol?: string;
  readonly dataset?: string;
  /** Rows, where they were counted: files by REST. */
  readonly rows?: number;
}

/** What a download came to. */
export interface Told {
  /** Last day that was asked for. */
  readonly until: string;
  readonly counts: Readonly<Record<Exclude<State, 'failed'>, number>>;
  /** All that lie in the folder or in quarantine, by name; names the archive does not have are counted only. */
  readonly files: readonly ToldFile[];
}

export function toldOf(brought: readonly Asked[], until: string): Told {
  const count = (state: State) => brought.filter((one) => one.state === state).length;
  const files = brought.flatMap(({ name, state, url, bytes, sha256, rows, symbol, dataset }) => {
    if (bytes === undefined || sha256 === undefined) return [];
    const whose = symbol !== undefined && dataset !== undefined ? { symbol, dataset } : {};
    const file = { name, state, from: url, bytes, sha256, ...whose };
    return [rows === undefined ? file : { ...file, rows }];
  });
  return {
    until,
    counts: {
      fetched: count('fetched'),
      kept: count('kept'),
      replaced: count('replaced'),
      absent: count('absent'),
      quarantined: count('quarantined'),
    },
    files: files.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)),
  };
}
