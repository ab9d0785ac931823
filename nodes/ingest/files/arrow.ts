import { placesOf } from './header.js';
import { unpackLz4 } from './lz4.js';
import type { Cells, Wanted } from './rows.js';
import type { Refuse } from './tell.js';
import { readTyped, type TypedCell } from './typed.js';

/** Most bytes that one column of an Arrow file may unpack to. */
const MOST_BYTES = 1 << 30;

/** Columns of an Arrow IPC file, which is what feather files are since version 2; buffers may be packed as LZ4 frames. */
export async function readArrow(
  file: string,
  bytes: Uint8Array,
  wanted: readonly Wanted[],
  refuse: Refuse,
): Promise<Cells> {
  const { CompressionType, setCompressionCodec, tableFromIPC } = await import('@uwdata/flechette');
  const lost = () => {
    throw new RangeError('nothing is packed here');
  };
  setCompressionCodec(CompressionType.LZ4_FRAME, {
    decode: (packed) => unpackLz4(packed, MOST_BYTES),
    encode: lost,
  });
  const table = opened(file, () => tableFromIPC(bytes, { useBigInt: true }), refuse);
  placesOf(file, table.names.map(String), wanted, refuse);
  const columns = wanted.map(({ name }) => table.getChild(name));
  const cell = (column: number, row: number): TypedCell => columns[column]?.at(row);
  return readTyped(file, table.numRows, wanted, cell, refuse);
}

/** Whatever the library says of the bytes is what is wrong with the file. */
function opened<T>(file: string, open: () => T, refuse: Refuse): T {
  try {
    return open();
  } catch (error) {
    if (typeof error !== 'object' || error === null || !('message' in error)) throw error;
    const reason = String(error.message).slice(0, 200);
    return refuse('ingest/bad-table', { file, form: 'Arrow', reason });
  }
}
