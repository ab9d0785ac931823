import { columnsOf, type RawTable } from '../../kinds/raw-tables.js';
import { fitsTurnover } from '../../math/turnover.js';
import type { Rows } from './rows.js';
import { clock, type Refuse, type Tally } from './tell.js';

/** Values of a column, or one limit for all rows. */
type Operand = Float64Array | number;

/** A rule of rows: `less` is at most `more`, or truly less. Its name reads as the sentence that was broken. */
interface Rule {
  readonly rule: string;
  readonly less: Operand;
  readonly more: Operand;
  readonly strict?: boolean;
}

/** Beyond this a rate is in another scale (percent, basis points), never a rate that was paid. */
const MOST_RATE = 0.05;
/** More than any market ever traded: a number in another unit, or a broken one. */
const MOST_VOLUME = 1e15;
/** The same of prices; beyond them their products and quotients leave what a double holds. */
const [LEAST_PRICE, MOST_PRICE] = [1e-15, 1e15];

const PRICES = ['open', 'high', 'low', 'close'] as const;

/**
 * Hold rows to the rules of their table.
 * @param keep  Keep what breaks a rule, and count it, so that cleaning can quarantine it.
 * @throws ingest/bad-row with file, row, rule and what was found
 */
export function expectRules(
  table: RawTable,
  rows: Rows,
  keep: boolean,
  refuse: Refuse,
  tally: Tally,
): void {
  const faulty = new Set<number>();
  for (const rule of rulesOf(table, rows)) {
    for (let row = nextBroken(rule, 0, rows.length); row >= 0; ) {
      const facts = { file: rows.file, row: rows.rowOf(row), rule: rule.rule };
      if (!keep) {
        const time = clock(rows.ts[row] ?? 0);
        refuse('ingest/bad-row', { ...facts, time, found: shown(table, rows, row) });
      }
      if (!faulty.has(row)) tally.add('ingest/faulty-bars', 1, () => facts);
      faulty.add(row);
      row = nextBroken(rule, row + 1, rows.length);
    }
  }
}

/** Rows that break a rule of their table or lack a price. */
export function brokenRows(table: RawTable, rows: Pick<Rows, 'ts' | 'columns'>): Uint8Array {
  const broken = new Uint8Array(rows.ts.length);
  for (const rule of rulesOf(table, rows)) {
    for (let row = nextBroken(rule, 0, broken.length); row >= 0; ) {
      broken[row] = 1;
      row = nextBroken(rule, row + 1, broken.length);
    }
  }
  for (const name of PRICES) {
    rows.columns.get(name)?.forEach((price, row) => {
      if (Number.isNaN(price)) broken[row] = 1;
    });
  }
  return broken;
}

/** The first row from `start` on where a rule is broken, or −1; a missing value breaks none. */
function nextBroken({ less, more, strict = false }: Rule, start: number, length: number): number {
  for (let i = start; i < length; i++) {
    const [a, b] = [valueAt(less, i), valueAt(more, i)];
    if (a > b || (strict && a === b)) return i;
  }
  return -1;
}

function valueAt(values: Operand, row: number): number {
  return typeof values === 'number' ? values : (values[row] ?? Number.NaN);
}

function rulesOf(table: RawTable, { columns }: Pick<Rows, 'columns'>): readonly Rule[] {
  const column = (name: string): Operand => columns.get(name) ?? Number.NaN;
  switch (table) {
    case 'bars':
      return [
        ...priceRules(column),
        ...rangeRules(column),
        ...volumeRules(column),
        ...turnoverRules(column),
      ];
    case 'marks':
      return rangeRules(column);
    case 'funding':
      return rateRules(column('rate'));
    case 'trades':
      return [above(column, 'price'), atLeast(column, 'base')];
    case 'open_interest':
    case 'liquidations':
    case 'quotes':
      return []; // a venue reports odd readings now and then: cleaning drops and counts them
  }
}

type Columns = (name: string) => Operand;

function priceRules(column: Columns): readonly Rule[] {
  return PRICES.flatMap((name): readonly Rule[] => [
    above(column, name),
    { rule: `${name} < 1e15`, less: column(name), more: MOST_PRICE, strict: true },
    { rule: `${name} > 1e-15`, less: LEAST_PRICE, more: column(name), strict: true },
  ]);
}

function rangeRules(column: Columns): readonly Rule[] {
  const [high, low] = [column('high'), column('low')];
  const within = ['open', 'close'].flatMap((name) => {
    const rule = `low <= ${name} <= high`;
    return [
      { rule, less: low, more: column(name) },
      { rule, less: column(name), more: high },
    ];
  });
  return [{ rule: 'low <= high', less: low, more: high }, ...within];
}

function volumeRules(column: Columns): readonly Rule[] {
  const [volume, value] = [column('volume'), column('quote_volume')];
  const [count, taker] = [column('trade_count'), column('taker_base_volume')];
  const part = typeof count === 'number' ? count : count.map((n) => n % 1);
  return [
    ...['volume', 'quote_volume', 'trade_count', 'taker_base_volume'].map((n) =>
      atLeast(column, n),
    ),
    { rule: 'trade_count is whole', less: part, more: 0 },
    { rule: 'taker_base_volume <= volume', less: taker, more: volume },
    { rule: 'volume < 1e15', less: volume, more: MOST_VOLUME, strict: true },
    { rule: 'quote_volume < 1e15', less: value, more: MOST_VOLUME, strict: true },
  ];
}

/** Columns that were swapped, or a turnover in another currency. */
function turnoverRules(column: Columns): readonly Rule[] {
  const [low, high, volume] = [column('low'), column('high'), column('volume')];
  const turnover = column('quote_volume');
  if (typeof turnover === 'number' || typeof volume === 'number') return [];
  const misfits = turnover.map((value, row) => {
    const [least, most] = [valueAt(low, row), valueAt(high, row)];
    return fitsTurnover(least, most, volume[row] ?? Number.NaN, value) ? 0 : 1;
  });
  return [{ rule: 'low <= quote_volume / volume <= high', less: misfits, more: 0 }];
}

function rateRules(rate: Operand): readonly Rule[] {
  const rule = `-${MOST_RATE} <= rate <= ${MOST_RATE}`;
  return [
    { rule, less: -MOST_RATE, more: rate },
    { rule, less: rate, more: MOST_RATE },
  ];
}

function above(column: Columns, name: string): Rule {
  return { rule: `${name} > 0`, less: 0, more: column(name), strict: true };
}

function atLeast(column: Columns, name: string): Rule {
  return { rule: `${name} >= 0`, less: 0, more: column(name) };
}

function shown(table: RawTable, { columns }: Rows, row: number): string {
  const told = columnsOf(table).flatMap(([name]) => {
    const values = columns.get(name);
    return values ? [`${name} ${values[row]}`] : [];
  });
  return told.join(', ');
}
