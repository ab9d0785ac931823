/** What an event names beyond what the grid of discovery tries. */
export interface Untried {
  readonly event: string;
  readonly templates: readonly string[];
  /** Of these, those whose outcome no symbol has: the tables or columns it wants for. */
  readonly lacks: Readonly<Record<string, readonly string[]>>;
  /** Ways that would be a test which is tried under another name. */
  readonly same_as: readonly Same[];
  /** Milliseconds. */
  readonly horizons: readonly number[];
  /** States that may condition it and that no symbol has a column of. */
  readonly states: readonly string[];
  /** Why gate E1 kept it from being tried at all; empty where it did not. */
  readonly refused: readonly string[];
}

/** A way of trading that is the same test as another. */
export interface Same {
  readonly template: string;
  readonly direction: number;
  /** The template it is tried as. */
  readonly as: string;
}
