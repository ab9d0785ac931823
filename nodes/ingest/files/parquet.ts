import {
  type Dtype,
  type Frame,
  MISSING_FLAG,
  Refusal,
  readParquet,
} from '../../../engine/sdk/index.js';
import { numberValue, refuseCell, textValue } from './cells.js';
import type { Cells, Reading, Wanted } from './rows.js';
import type { Refuse } from './tell.js';

/** Columns of a Parquet file, each read as what it is declared to be and nothing else. */
export async function readParquetCells(
  file: string,
  path: string,
  wanted: readonly Wanted[],
  refuse: Refuse,
  signal: AbortSignal,
): Promise<Cells> {
  const columns = wanted.map(({ name, reading }, i) => {
    return { name: `c${i}`, from: name, dtype: dtypeOf(reading) };
  });
  const frame = await readParquet(path, columns, signal).catch((thrown: unknown) =>
    retold(thrown, file, refuse),
  );
  if (frame.length === 0) return refuse('ingest/empty-file', { file });
  const values = wanted.map((target, i) => valuesOf(frame, `c${i}`, file, target, refuse));
  return { columns: values, length: frame.length, rowOf: (index) => index + 1 };
}

/** What the library says of a file that is no Parquet, told as of any other form; what else is wrong with it is told already. */
function retold(thrown: unknown, file: string, refuse: Refuse): never {
  const [problem] = thrown instanceof Refusal ? thrown.diagnostics : [];
  if (problem?.code !== 'store/parquet') throw thrown;
  const said = String(problem.facts?.reason).replace(/^[A-Z][A-Za-z -]*: /, '');
  const reason = said.replace(/ ?['"][^'"]*['"]:?/g, '').replace(/\.$/, '');
  return refuse('ingest/bad-table', { file, form: 'Parquet', reason: reason.slice(0, 200) });
}

function dtypeOf(reading: Reading): Dtype {
  switch (reading.as) {
    case 'number':
    case 'epoch':
      return 'f64';
    case 'stamp':
      return 'time';
    case 'flag':
      return reading.yes.includes('true') ? 'bool' : 'text';
    case 'time':
    case 'match':
      return 'text';
  }
}

/** Values of one column, NaN where cells are empty; what is neither empty nor as declared is refused with its row. */
function valuesOf(
  frame: Frame,
  name: string,
  file: string,
  target: Wanted,
  refuse: Refuse,
): Float64Array {
  const { reading } = target;
  const { values, given } = converted(frame, name, reading);
  if (target.empty && reading.as === 'number') return values;
  for (let row = 0; row < values.length; row++) {
    if (!Number.isNaN(values[row]) || (target.empty && given(row) === undefined)) continue;
    refuseCell(refuse, file, row + 1, target, given(row) ?? '');
  }
  return values;
}

/** A column with what stood there, for messages; undefined where nothing did. */
interface Converted {
  readonly values: Float64Array;
  readonly given: (row: number) => string | undefined;
}

function converted(frame: Frame, name: string, reading: Reading): Converted {
  const dtype = frame.get(name).dtype;
  if (dtype === 'text') {
    const texts = frame.texts(name);
    const empty = reading.as === 'match' ? 0 : Number.NaN;
    const values = Float64Array.from(texts, (t) => (t === null ? empty : textValue(reading, t)));
    return { values, given: (row) => texts[row] ?? undefined };
  }
  if (dtype === 'bool') {
    const flags = frame.flags(name);
    const values = Float64Array.from(flags, (f) => (f === MISSING_FLAG ? Number.NaN : f));
    return { values, given: () => undefined };
  }
  const numbers = frame.column(name);
  const values = new Float64Array(numbers);
  if (reading.as !== 'number' && dtype !== 'time') {
    for (let row = 0; row < values.length; row++)
      values[row] = numberValue(reading, values[row] ?? Number.NaN);
  }
  return {
    values,
    given: (row) => (Number.isNaN(numbers[row]) ? undefined : String(numbers[row])),
  };
}
