import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Frame, isFrame } from '../../engine/frame/frame.js';
import { writeParquet } from '../../engine/store/codecs/parquet.js';
import ingest from '../../nodes/ingest/market.js';
import { market } from '../../nodes/kinds/market.js';
import { bare } from '../kit/bare.js';
import { specsOf } from '../kit/specs.js';
import { zip } from '../kit/zip.js';
import { type Row, seconds } from './measure.js';

/** Bars of five minutes in a year. */
const ROWS = 105_120;
const FIVE = 300_000;
const START = Date.UTC(2025, 0, 1);
const TIMES = 7;
const HEADER =
  'open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore';

/** One symbol-year of klines through `ingest.market`, against splitting the same text at its commas. */
export default async function bench(): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'dag-bench-'));
  try {
    const lines = Array.from({ length: ROWS }, (_v, i) => lineOf(i));
    const text = `${HEADER}\n${lines.join('\n')}\n`;
    const names = HEADER.split(',');
    const table = Frame.of(
      Object.fromEntries(
        names.map((name, at) => [name, Float64Array.from(lines, (l) => Number(l.split(',')[at]))]),
      ),
    );
    writeFileSync(join(folder, 'AUSDT-5m-2025.csv'), text);
    writeFileSync(
      join(folder, 'BUSDT-5m-2025.zip'),
      zip({ name: 'BUSDT-5m-2025.csv', bytes: text }),
    );
    await writeParquet(table, join(folder, 'CUSDT.parquet'));
    const plain = await seconds(TIMES, () => text.split('\n').map((line) => line.split(',')));
    const row = async (what: string, symbol: string, budget: number): Promise<Row> => {
      const value = await seconds(TIMES, () => imported(folder, symbol));
      const baseline = 'splitting its CSV at the commas';
      const ratio = value / plain;
      return {
        what,
        value,
        unit: 's',
        baseline,
        ratio,
        budget: `${budget} s`,
        met: value <= budget,
      };
    };
    return [
      await row('a symbol-year of CSV', 'AUSDT', 1),
      await row('a symbol-year of zipped CSV', 'BUSDT', 1),
      await row('a symbol-year of Parquet', 'CUSDT', 0.2),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const [spec] = specsOf(market, 'binance_perp');

/** What the node does: the market's spec is read once for all its items. */
async function imported(folder: string, symbol: string): Promise<void> {
  const span = { from: START, to: START + ROWS * FIVE };
  const { raw } = await bare(ingest, {}, { market: spec, symbol, span, warmup: 0, folder });
  if (!isFrame(raw) || raw.length !== ROWS) throw new Error('The bench is broken');
}

function lineOf(i: number): string {
  const open = START + i * FIVE;
  const price = 100_000 + 50 * Math.sin(i / 97);
  const volume = 200 + 100 * Math.sin(i / 13);
  const [p, v] = [price.toFixed(2), volume.toFixed(3)];
  const worth = (price * volume).toFixed(5);
  return `${open},${p},${(price + 9).toFixed(2)},${(price - 9).toFixed(2)},${p},${v},${open + FIVE - 1},${worth},1000,${(volume / 2).toFixed(3)},${worth},0`;
}
