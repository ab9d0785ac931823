import type { SpecOf } from '../../../engine/sdk/index.js';
import type { layout } from '../../kinds/layout.js';
import { FLAG } from '../../kinds/raw-tables.js';
import type { Source } from './find.js';
import type { Reading, Wanted } from './rows.js';
import type { Unit } from './units.js';

export type Layout = SpecOf<typeof layout>;
type Column = Layout['columns'][number];

/** A column of a file with what it becomes: a role of the layout, or `only` where it picks rows. */
export interface Role extends Wanted {
  readonly role: NonNullable<Column['as']> | 'only';
}

const TRUE = ['true', 'True', 'TRUE'];
const FALSE = ['false', 'False', 'FALSE'];

/** Whose rows are read: the symbol, and the symbol without its quote. */
export interface Whose {
  readonly symbol: string;
  readonly base: string;
}

/**
 * The columns that are read of files of a source, as the layout declares them.
 * @param seen  is told what times count
 */
export function rolesOf(
  { layout, only }: Source,
  whose: Whose,
  seen: Set<Unit> = new Set(),
): readonly Role[] {
  return layout.columns.flatMap((column, at): readonly Role[] => {
    const { name, as, empty } = column;
    const picked = only[name];
    const filter: readonly Role[] =
      picked === undefined
        ? []
        : [
            {
              name,
              at,
              empty,
              role: 'only',
              reading: { as: 'match', text: filled(picked, whose) },
            },
          ];
    const role: readonly Role[] =
      as === undefined
        ? []
        : [{ name, at, empty, role: as, reading: readingOf(column, whose, seen) }];
    return [...filter, ...role];
  });
}

/** A text of `only` for one symbol. */
function filled(text: string, { symbol, base }: Whose): string {
  return text.replaceAll('{symbol}', symbol).replaceAll('{base}', base);
}

function readingOf(
  { as, time, is_true, is_false }: Column,
  whose: Whose,
  seen: Set<Unit>,
): Reading {
  switch (as) {
    case 'ts':
    case 'ts_else':
    case 'close_ts':
      if (time === 'epoch') return { as: 'epoch', seen };
      return { as: time === 'text' ? 'time' : time };
    case 'symbol':
      return { as: 'match', text: whose.symbol };
    case 'base_asset':
      return { as: 'match', text: whose.base };
    case FLAG:
      return {
        as: 'flag',
        yes: is_true.length > 0 ? is_true : TRUE,
        no: is_false.length > 0 ? is_false : FALSE,
      };
    default:
      return { as: 'number' };
  }
}
