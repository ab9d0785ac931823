import { type Diagnostic, type Place, reporter } from '../diag/diagnostic.js';
import type { ClockSpec, ConstantArg } from './op.js';

const report = reporter({
  'expr/not-whole-rows': 'The argument "{name}" of `{op}` is {found} rows: {reason}.',
  'expr/out-of-range': 'The argument "{name}" of `{op}` is {found}; it must be {expected}.',
});

/** The most rows an operator may count: 950 years of 5-minute bars. */
export const MAX_ROWS = 100_000_000;
/** The longest duration an operator may be given, ms: 100 years. */
const MAX_DURATION = 36_525 * 86_400_000;

/**
 * What is wrong with the number of a constant argument: a count that is not whole, or a value out of its bounds.
 * @param called  Operator and argument as the author wrote them: those of a composed operator where it hands a value on.
 */
export function outOfBounds(
  arg: ConstantArg,
  value: number,
  place: Place,
  called: { readonly op: string; readonly name: string },
  clock: ClockSpec,
): Diagnostic | undefined {
  if (value === Number.POSITIVE_INFINITY) {
    const facts = { ...called, found: 'all', expected: 'a number' };
    return arg.all ? undefined : report('expr/out-of-range', place, facts);
  }
  const spell = (n: number): string => (arg.is === 'duration' ? lengthOf(n) : String(n));
  const found = arg.is === 'duration' ? lengthOf(value) : value;
  const facts = { ...called, found };
  if ((arg.is === 'rows' || arg.is === 'integer') && !Number.isInteger(value)) {
    const { spacing } = clock;
    const reason =
      spacing === undefined ? 'a count must be whole' : `a row lasts ${spacing / 60_000} minutes`;
    return report('expr/not-whole-rows', place, { ...facts, reason });
  }
  const { least, most } = boundsOf(arg, value);
  if (value >= least && value <= most) return undefined;
  const bounds = [
    ...(Number.isFinite(least) ? [`at least ${spell(least)}`] : []),
    ...(Number.isFinite(most) ? [`at most ${spell(most)}`] : []),
  ];
  const expected = bounds.join(' and ');
  const hint =
    arg.name === 'k' && value < 0 ? 'rows to come are read by `ahead`, in targets only' : undefined;
  return report('expr/out-of-range', place, { ...facts, expected }, { hint });
}

/** The bounds an argument declares. Counts and durations have some in any case, which matter only to those who break them. */
function boundsOf(
  arg: ConstantArg,
  value: number,
): { readonly least: number; readonly most: number } {
  const least = arg.least ?? (arg.is === 'duration' ? 0 : Number.NEGATIVE_INFINITY);
  const implied = limitOf(arg);
  const most = arg.most ?? (value > implied ? implied : Number.POSITIVE_INFINITY);
  return { least, most };
}

function limitOf(arg: ConstantArg): number {
  if (arg.is === 'duration') return MAX_DURATION;
  return arg.is === 'rows' || arg.is === 'integer' ? MAX_ROWS : Number.POSITIVE_INFINITY;
}

/** Milliseconds as a person writes them: `9h`, `-30m`, `100d`. */
function lengthOf(ms: number): string {
  if (ms === 0) return '0';
  const units = [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['m', 60_000],
    ['s', 1_000],
  ] as const;
  const [unit, length] = units.find(([, l]) => ms % l === 0) ?? ['ms', 1];
  return `${ms / length}${unit}`;
}
