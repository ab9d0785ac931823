import { crc32, inflateRawSync } from 'node:zlib';
import type { Entry, ZipFile } from 'yauzl';
import type { Refuse } from './tell.js';

/** Most bytes that a packed file may become: nothing larger is held at once, and a bomb stops here. */
export const MOST_UNPACKED = 1 << 30;

const STORED = 0;
const DEFLATED = 8;

/**
 * The one file of a zip archive, in memory: nothing is written to disk.
 * @returns its name and bytes, their length and CRC-32 as the archive states them.
 * @throws ingest/bad-archive (cut, names that leave the folder, wrong sums, packed in another way), ingest/several-entries,
 *         ingest/too-large
 */
export async function unzip(
  file: string,
  bytes: Uint8Array,
  refuse: Refuse,
): Promise<{ readonly name: string; readonly bytes: Uint8Array }> {
  const bad = (reason: string) => refuse('ingest/bad-archive', { file, reason });
  const { zip, entries } = await opened(bytes).catch((error: unknown) => bad(messageOf(error)));
  const [entry] = entries;
  if (!entry || entries.length > 1) {
    const found = entry ? `${zip.entryCount} files` : 'nothing';
    return refuse('ingest/several-entries', { file, found });
  }
  if (entry.isEncrypted()) bad('it is encrypted');
  if (entry.uncompressedSize > MOST_UNPACKED) {
    const found = entry.uncompressedSize;
    refuse('ingest/too-large', {
      file: `${file} → ${entry.fileName}`,
      found,
      limit: MOST_UNPACKED,
    });
  }
  const { fileDataStart: start } = await zip
    .readLocalFileHeaderPromise(entry, { minimal: true })
    .catch((error: unknown) => bad(messageOf(error)));
  const packed = bytes.subarray(start, start + entry.compressedSize);
  if (packed.length < entry.compressedSize) bad('it is cut');
  const unpacked = inflated(packed, entry, bad);
  if (unpacked.length !== entry.uncompressedSize) {
    bad(`${entry.fileName} has ${unpacked.length} bytes, not ${entry.uncompressedSize} as stated`);
  }
  if (crc32(unpacked) !== entry.crc32) bad(`${entry.fileName} has another CRC-32 than stated`);
  return { name: entry.fileName, bytes: unpacked };
}

/** @param bad  is called with what is wrong. */
function inflated(
  packed: Uint8Array,
  { compressionMethod, uncompressedSize, fileName }: Entry,
  bad: (reason: string) => never,
): Uint8Array {
  if (compressionMethod === STORED) return packed;
  if (compressionMethod !== DEFLATED) return bad(`method ${compressionMethod} is not known here`);
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, uncompressedSize) });
  } catch (error) {
    return bad(`${fileName}: ${messageOf(error)}`);
  }
}

/** What a library that reads archives says of the bytes; anything else that is thrown goes on. */
export function messageOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('message' in error)) throw error;
  return String(error.message).slice(0, 200);
}

/** Entries of an archive: two at most, since one is what is wanted. Names with `..` or from the root are an error here. */
async function opened(
  bytes: Uint8Array,
): Promise<{ readonly zip: ZipFile; readonly entries: readonly Entry[] }> {
  const { fromBufferPromise } = await import('yauzl');
  const zip = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), {
    strictFileNames: true,
    validateEntrySizes: true,
  });
  const entries: Entry[] = [];
  for await (const entry of zip.eachEntry()) {
    entries.push(entry);
    if (entries.length > 1) break;
  }
  return { zip, entries };
}
