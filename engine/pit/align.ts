import type { Contract } from '../frame/contract.js';
import type { Frame } from '../frame/frame.js';
import type { Pairs } from './differ.js';

/** The rows of two frames that are about the same thing at the same time, by what makes rows unique or orders them. */
export function sameRows(base: Frame, other: Frame, contract: Contract): Pairs {
  const names = contract.unique.length > 0 ? contract.unique : contract.sort;
  const rows = new Map<string | number, number>();
  const [keyOf, twinOf] = [keys(base, names), keys(other, names)];
  for (let row = 0; row < base.length; row += 1) rows.set(keyOf(row), row);
  const [found, twins]: [number[], number[]] = [[], []];
  for (let twin = 0; twin < other.length; twin += 1) {
    const row = rows.get(twinOf(twin));
    if (row === undefined) continue;
    found.push(row);
    twins.push(twin);
  }
  return { base: Int32Array.from(found), other: Int32Array.from(twins) };
}

function keys(frame: Frame, names: readonly string[]): (row: number) => string | number {
  const parts = names.map((name): ((row: number) => string | number) => {
    const column = frame.get(name);
    if (column.dtype === 'text') return (row) => column.words[column.codes[row] ?? -1] ?? '';
    const { values } = column;
    return (row) => values[row] ?? Number.NaN;
  });
  const [only] = parts;
  if (parts.length === 1 && only) return only;
  return (row) => parts.map((part) => part(row)).join(' ');
}
