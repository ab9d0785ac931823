import type { Composed } from '../../../../engine/expr/composed.js';
import type { Arg, ConstantArg, Operator, SeriesArg } from '../../../../engine/expr/op.js';
import { operators } from '../../../../engine/expr/ops/index.js';
import type { ValueType } from '../../../../engine/expr/types.js';
import { isOptional, spelled } from '../grown.js';
import { uniform } from '../information/series.js';
import { shipped } from '../kit.js';

/** `PROPERTY_RUNS=10` asks for ten times the effort. */
export const RUNS = Math.max(1, Math.round(Number(process.env.PROPERTY_RUNS ?? 1)));

/** A formula that tries an operator. */
export interface Call {
  readonly operator: string;
  readonly text: string;
}

type Choices = Readonly<Record<ValueType, readonly string[]>>;

/** Series on bars: with gaps and without, finite, with a memory that resets, and one that is known late. */
const ON_BARS: Choices = {
  number: ['close', 'x', 'y', 'solid', 'bars_since(c)', 'ema(x, span=3)', 'lag(late, 2)', 'k'],
  boolean: ['c', 'd', 'x > y', 'latch(c, d)', 'solid > 0'],
  text: ['name', 'sector', "if(latch(c, d), 'up', 'down')"],
};
/** Series on other clocks, for what brings them to bars, and one on bars for what leaves them. */
const ELSEWHERE: Choices = {
  number: [
    'x',
    'funding.rate',
    'lag(funding.rate, 1)',
    'mean(funding.rate, 3, min=2)',
    'news.weight',
    'resample(x, 15m, last, min=1)',
    'resample(solid, 1h, mean)',
    'bars_since(c)',
  ],
  boolean: ['funding.rate > 0', 'news.weight > 0'],
  text: ['news.importance'],
};
/** What groups are made of, and what is worked out inside of them. */
const KEYS = ['hour', 'minute', 'name', 'c', 'k'];
const INSIDE = ['mean(x, 3, min=2)', 'x - lag(x, 1)', 'std(solid, 4)', 'rank(x, 5)', 'latch(c, d)'];
const TABLES = ['funding', 'news', 'sessions'];
const CONSTANTS: Readonly<Record<ConstantArg['is'], readonly string[]>> = {
  rows: ['5', '12', '2', '1', 'all', '40', '1h', '0', '70'],
  integer: ['2', '1', '3', '5', '0'],
  number: ['0.5', '0.02', '2', '0.9', '0', '3', '1'],
  flag: ['true', 'false'],
  word: [],
  list: ['[-1, 0, 2.5]', '[0, 1]', "['up', 'a']", "['u', 'v', 'w']", "['u', 'v', 'w', 'z']"],
  duration: ['1h', '2h', '25m', '15m', '1d'],
};
/** Known rows that windows wait for: few, so that the data have such windows. */
const FEW = ['2', '1', '3', '20'];
/** What arguments of any type are, numbers most of the time. */
const ANY: readonly ValueType[] = ['number', 'number', 'boolean', 'text'];

/** Calls of every operator, composed ones too, with many combinations of arguments. Not all of them need be sound. */
export function generated(each: number): readonly Call[] {
  return [
    ...[...operators.values()].flatMap((op) =>
      several(op.name, each, (pick) => spelled(op, valuesOf(op, pick))),
    ),
    ...[...shipped().values()].flatMap((one) =>
      several(one.name, each, (pick, draw) => composedCall(one, pick, draw)),
    ),
  ];
}

/** One of several texts; `place` sets the first choices of neighbours apart. */
type Pick = (choices: readonly string[], place?: number) => string;

function several(
  operator: string,
  each: number,
  make: (pick: Pick, draw: number) => string,
): readonly Call[] {
  const seed = [...operator].reduce((sum, sign) => sum * 31 + (sign.codePointAt(0) ?? 0), 7);
  const next = uniform((seed % 2_000_000_000) + 1);
  const texts = new Set<string>();
  for (let draw = 0; draw < each * 4 && texts.size < each; draw += 1) {
    // The first call takes the first choices and leaves out what it may, the second gives all; others take what comes.
    const pick: Pick = (choices, place = 0) => {
      const at = draw < 2 ? place + draw : Math.floor(next() * choices.length);
      return choices[at % choices.length] ?? '';
    };
    const text = make(pick, draw);
    texts.add(text);
    if (ON_OTHER_CLOCKS.has(operator)) texts.add(`asof(${text}, within=6h)`);
  }
  return [...texts].map((text) => ({ operator, text }));
}

/** What they give may be on coarser rows, and must be brought to bars. */
const ON_OTHER_CLOCKS = new Set(
  [...operators.values()].filter((op) => op.crosses === true).map((op) => op.name),
);

function valuesOf(op: Operator, pick: Pick): readonly (string | undefined)[] {
  const open = ANY.find((type) => type === pick(ANY)) ?? 'number';
  return op.args.map((arg, place) => {
    if (isOptional(arg) && pick(['', 'given']) === '') return undefined;
    if (arg.is === 'table') return pick(TABLES);
    if (arg.is !== 'series') return constantOf(arg, pick);
    const choices = seriesFor(op, arg, open);
    const first = pick(choices, place);
    return arg.rest !== undefined && arg.rest > 1 ? `${first}, ${pick(choices, place + 1)}` : first;
  });
}

function seriesFor(op: Operator, arg: SeriesArg, open: ValueType): readonly string[] {
  if (op.inside !== undefined) return arg.name === op.inside ? INSIDE : KEYS;
  const choices = op.crosses === true ? ELSEWHERE : ON_BARS;
  return choices[arg.type === 'any' ? open : arg.type];
}

function constantOf(arg: Exclude<Arg, SeriesArg | { is: 'table' }>, pick: Pick): string {
  if (arg.words !== undefined) return pick(arg.words);
  if (arg.name === 'min') return pick(FEW);
  return pick(arg.orTable === true ? [...CONSTANTS[arg.is], ...TABLES] : CONSTANTS[arg.is]);
}

/** Their series say nothing of types, so all are tried: what does not fit is refused. */
function composedCall({ name, args }: Composed, pick: Pick, draw: number): string {
  const type = ANY[draw % ANY.length] ?? 'number';
  const texts = args.flatMap((arg, place) => {
    if (arg.default !== undefined && pick(['', 'given']) === '') return [];
    const value =
      arg.constant === undefined ? pick(ON_BARS[type], place) : constantOf(arg.constant, pick);
    return [`${arg.name}=${value}`];
  });
  return texts.length === 0 ? name : `${name}(${texts.join(', ')})`;
}
