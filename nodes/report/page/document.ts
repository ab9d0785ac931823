/** A report before it has a form: the same blocks become HTML and Markdown, so no number is written twice. */
export interface Document {
  readonly title: string;
  /** What a reader must know before any number. */
  readonly warnings: readonly string[];
  readonly lead: readonly string[];
  readonly sections: readonly Section[];
}

export interface Section {
  readonly title: string;
  readonly blocks: readonly Block[];
}

export type Block = Paragraph | List | Table | Plot | Details;

export interface Paragraph {
  readonly kind: 'paragraph';
  readonly text: string;
}
export interface List {
  readonly kind: 'list';
  readonly items: readonly string[];
}
export interface Table {
  readonly kind: 'table';
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
  readonly origin: Origin;
  /** Where the rest comes from, if not all is from one input. */
  readonly also?: readonly Origin[] | undefined;
  /** What a reader must know to read the columns. */
  readonly note?: string | undefined;
}
export interface Plot {
  readonly kind: 'plot';
  readonly title: string;
  /** Complete SVG element. */
  readonly svg: string;
  /** What the plot shows, in words: stands in for it where there are no pictures. */
  readonly says: string;
  readonly origin: Origin;
  /** Where the rest comes from, if not all is from one input. */
  readonly also?: readonly Origin[] | undefined;
}
/** Blocks that are folded away until they are asked for. */
export interface Details {
  readonly kind: 'details';
  readonly title: string;
  readonly blocks: readonly Block[];
}
export interface Column {
  readonly name: string;
  readonly right?: boolean;
  /** Sentences, which may take several lines. */
  readonly prose?: boolean;
  /** Names of several words, which may take several lines so that the columns beside them stay in sight. */
  readonly long?: boolean;
}

/** Where numbers come from: the input and the digest of its content, which `dag why` resolves. */
export interface Origin {
  readonly port: string;
  readonly digest: string;
}

/** Digits of a digest that are shown: enough to be found. */
export const SHOWN_DIGITS = 16;

export function paragraph(text: string): Paragraph {
  return { kind: 'paragraph', text };
}

export function list(items: readonly string[]): List {
  return { kind: 'list', items };
}

/** The column of hypotheses by name: events, templates and states make long ones. */
export const HYPOTHESIS: Column = { name: 'Hypothesis', long: true };

/** Columns of text, then columns of numbers. */
export function columns(
  texts: readonly string[],
  numbers: readonly string[] = [],
): readonly Column[] {
  return [...texts.map((name) => ({ name })), ...numbers.map((name) => ({ name, right: true }))];
}
