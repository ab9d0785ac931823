import { flagColumn } from '../../../engine/frame/build.js';
import { textColumn } from '../../../engine/frame/text.js';
import { sha256 } from '../../../engine/store/digest.js';
import { event } from '../../../nodes/kinds/event.js';
import { clock, frame } from '../../kit/frame.js';
import { written } from '../../kit/specs.js';

/** Small events over columns `x` and `y`, symbols that have these, and what a registry should give of them. */

export const FIVE = 300_000;
export const NONE = Number.NaN;

const fields = (more: string) => `
family: TEST_FAMILY
needs: [perp_ohlcv_5m]
templates: [continuation]
horizons: [5m]
severity: abs(x)
${more}`;
const one = <T>(list: readonly T[]): T => {
  const [first] = list;
  if (first === undefined) throw new Error('no spec');
  return first;
};
export const jump = one(
  written(
    event,
    'JUMP',
    fields(
      'let: { far: x > 1 }\nfires: rises(far)\ncooldown: 3b\nside: sign(x - 5)\nconfirm: 2\nactive: 4b',
    ),
  ),
);
export const every = one(
  written(event, 'EVERY', fields('fires: x > 1\ncooldown: 1b\nside: 0\nsign: sign(y)')),
);
export const paid = one(
  written(
    event,
    'PAID',
    fields('fires: arrives(funding)\ncooldown: 1b\nside: sign(asof(funding.rate))'),
  ),
);
export const crowded = one(
  written(
    event,
    'CROWDED',
    fields('fires: x > 1\ncooldown: 1b\nside: 0').replace('[perp_ohlcv_5m]', '[funding]'),
  ),
);
export const leaning = one(
  written(event, 'LEANING', fields('fires: x > 1\ncooldown: 1b\nside: 1\nsign: x - 3')),
);
export const other = one(
  written(event, 'OTHER', fields('fires: spot.close > x\ncooldown: 1b\nside: 0')),
);
export const ranked = one(
  written(event, 'RANKED', fields('fires: rank_now == 1\ncooldown: 1b\nside: 1')),
);

export const rare = one(
  written(
    event,
    'RARE',
    fields('fires: basis_z > 1\ncooldown: 1b\nside: 0').replace(
      '[perp_ohlcv_5m]',
      '[spot_ohlcv_5m]',
    ),
  ),
);
export const none = {
  family: 'TEST_FAMILY',
  available: false,
  proxy: false,
  without: {},
  count: 0,
  by_symbol: {},
};

export const symbol = (name: string, x: readonly number[]) => ({
  at: { symbol: name },
  value: frame({ ts: clock(x.length), x, y: x.map((v) => -v) }),
});
export const ts = (row: number) => clock(row + 1)[row] ?? 0;

interface Row {
  readonly event: string;
  readonly symbol: string;
  readonly row: number;
  readonly direction: number;
  readonly sign: number;
  readonly severity: number;
  readonly rule: string;
  readonly confirm?: number;
  readonly active?: number;
}

export function occurrences(rows: readonly Row[]) {
  return frame({
    id: textColumn(rows.map(idOf)),
    event: textColumn(rows.map((r) => r.event)),
    family: textColumn(rows.map(() => 'TEST_FAMILY')),
    symbol: textColumn(rows.map((r) => r.symbol)),
    ts: rows.map((r) => ts(r.row)),
    entered: {
      dtype: 'time',
      values: Float64Array.from(rows, (r) => ts(r.row) - (r.confirm ?? 0) * FIVE),
    },
    tradable: { dtype: 'time', values: Float64Array.from(rows, (r) => ts(r.row) + FIVE) },
    active_until: {
      dtype: 'time',
      values: Float64Array.from(rows, (r) => ts(r.row) + (r.active ?? 12) * FIVE),
    },
    direction: rows.map((r) => r.direction),
    sign: rows.map((r) => r.sign),
    severity: rows.map((r) => r.severity),
    proxy: flagColumn(rows.map(() => false)),
  });
}

/** Rule and symbol as 12 digits, the time as 12 more. */
function idOf({ rule, symbol, row }: Row): string {
  const digest = sha256(`${rule}\n${symbol}`);
  return digest.slice(0, 12) + ts(row).toString(16).padStart(12, '0');
}

export const JUMP = [
  'JUMP',
  'far: x > 1',
  'rises(far)',
  'sign(x - 5)',
  'sign(x - 5)',
  'abs(x)',
  '3b',
].join('\n');
export const EVERY = ['EVERY', 'x > 1', '0', 'sign(y)', 'abs(x)', '1b'].join('\n');
export const PAID = [
  'PAID',
  'arrives(funding)',
  'sign(asof(funding.rate))',
  'sign(asof(funding.rate))',
  'abs(x)',
  '1b',
].join('\n');
export const RANKED = ['RANKED', 'rank_now == 1', '1', '1', 'abs(x)', '1b'].join('\n');

/** From which rows on an event was known. */
export function covered(event: string, rows: readonly (readonly [string, number, boolean])[]) {
  return frame({
    symbol: textColumn(rows.map(([symbol]) => symbol)),
    ts: rows.map(([, row]) => ts(row)),
    [event]: rows.map(([, , known]) => known),
  });
}
