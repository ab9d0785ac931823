import { template } from '../../../nodes/kinds/template.js';
import { written } from '../../kit/specs.js';

/*
 * Small templates over one column `x`, each written twice: as its author writes it, and as a plain function that walks the bars.
 * `DECIDED` says what each makes of a signal; nothing in it knows of columns, codes or lists.
 */

export const TEMPLATES = [
  ...written(template, 'plain', 'direction: [1]'),
  ...written(template, 'only', 'direction: [-1]\nwhen: x * $side > 0'),
  ...written(
    template,
    'late',
    'direction: [1]\nlet:\n  moved: x - lag(x, $waited)\nwait:\n  bars: 2\n  for: $side * moved < 0',
  ),
  ...written(
    template,
    'both',
    'direction: [-1, 1]\nparams: { least: 1 }\nwhen: x > -2\nwait: { bars: 3, for: x > $least }',
  ),
  ...written(template, 'led', 'direction: [1]\nside: sign(x)\nwhen: $side * x > 1'),
  ...written(template, 'keeper', 'base: [plain, late]\nkeep: x * $side >= 0\njudged: lift'),
];

export type Fate = 'kept' | 'dropped' | 'sideless' | 'unknown' | 'unmet' | 'pending';
export interface Made {
  readonly fate: Fate;
  readonly row: number;
  readonly side: number;
}
type Bars = readonly number[];

const made = (fate: Fate, row = -1, side = 0): Made => ({ fate, row, side });
const known = (x: number | undefined): x is number => x !== undefined && !Number.isNaN(x);

const BASES: Readonly<Record<string, (x: Bars, row: number, side: number) => Made>> = {
  plain: (_, row, side) => (side === 0 ? made('sideless') : made('kept', row, side)),
  only: (x, row, side) => {
    if (side === 0) return made('sideless');
    const now = x[row];
    if (!known(now)) return made('unknown');
    return now * side > 0 ? made('kept', row, side) : made('unmet');
  },
  late: (x, row, side) => {
    if (side === 0) return made('sideless');
    for (const at of [row + 1, row + 2]) {
      if (known(x[at]) && known(x[row]) && side * ((x[at] ?? 0) - (x[row] ?? 0)) < 0)
        return made('kept', at, side);
    }
    return made(row + 2 < x.length ? 'unmet' : 'pending');
  },
  both: (x, row, side) => {
    if (side === 0) return made('sideless');
    const now = x[row];
    if (!known(now)) return made('unknown');
    if (now <= -2) return made('unmet');
    for (const at of [row + 1, row + 2, row + 3])
      if (known(x[at]) && (x[at] ?? 0) > 1) return made('kept', at, side);
    return made(row + 3 < x.length ? 'unmet' : 'pending');
  },
  led: (x, row) => {
    const now = x[row];
    if (!known(now) || now === 0) return made('sideless');
    return Math.abs(now) > 1 ? made('kept', row, Math.sign(now)) : made('unmet');
  },
};

const kept = (base: string) => (x: Bars, row: number, side: number) => {
  const found = BASES[base]?.(x, row, side) ?? made('unknown');
  if (found.fate !== 'kept') return found;
  const now = x[found.row];
  if (!known(now)) return made('unknown');
  return { ...found, fate: now * found.side >= 0 ? found.fate : 'dropped' } as const;
};

export const DECIDED: typeof BASES = {
  ...BASES,
  'keeper(plain)': kept('plain'),
  'keeper(late)': kept('late'),
};

/** Names of what an event trades that has these templates. */
export function namesOf(templates: readonly string[]): readonly string[] {
  return templates.flatMap((name) =>
    name === 'keeper'
      ? ['plain', 'late'].filter((base) => templates.includes(base)).map((b) => `keeper(${b})`)
      : [name],
  );
}
