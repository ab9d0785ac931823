/** Float64 values; a missing number is NaN. Typed arrays of a frame are shared: never write to one. */
export type Numbers = Readonly<Float64Array>;
/** One byte a row: 0 false, 1 true, 255 missing. */
export type Flags = Readonly<Uint8Array>;

export type Dtype = 'f64' | 'bool' | 'text' | 'time';

/** The byte of a missing boolean. */
export const MISSING_FLAG = 255;
/** The code of a missing text. */
export const MISSING_TEXT = 0xffff_ffff;

/** Numbers with missing values; never ±∞. */
export interface NumberColumn {
  readonly dtype: 'f64';
  readonly values: Numbers;
}
/** Whole UTC milliseconds, never missing. */
export interface TimeColumn {
  readonly dtype: 'time';
  readonly values: Numbers;
}
export interface FlagColumn {
  readonly dtype: 'bool';
  readonly values: Flags;
}
/** Codes into a dictionary whose words stand in order of first appearance, so equal texts have equal bytes. */
export interface TextColumn {
  readonly dtype: 'text';
  readonly codes: Readonly<Uint32Array>;
  readonly words: readonly string[];
}
export type Column = NumberColumn | TimeColumn | FlagColumn | TextColumn;

/** A column's name, type and unit: all the compiler knows of it before data exist. */
export interface Field {
  readonly name: string;
  readonly dtype: Dtype;
  readonly unit?: string | undefined;
}
