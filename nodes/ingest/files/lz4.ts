/**
 * LZ4 frames, as Arrow writes them: a header, then blocks that copy from what was already put out. Content sums are not checked.
 * Format: github.com/lz4/lz4, doc/lz4_Frame_format.md and doc/lz4_Block_format.md.
 */
const MAGIC = 0x184d2204;
const MIN_MATCH = 4;

/** What a frame becomes while it is unpacked; it never grows beyond the limit. */
class Output {
  bytes: Uint8Array;
  length = 0;

  constructor(
    expected: number,
    readonly limit: number,
  ) {
    this.bytes = new Uint8Array(expected);
  }

  room(more: number): void {
    const needed = this.length + more;
    if (needed > this.limit) throw new RangeError(`LZ4: more than ${this.limit} bytes`);
    if (needed <= this.bytes.length) return;
    const wide = new Uint8Array(Math.min(this.limit, Math.max(needed, this.bytes.length * 2)));
    wide.set(this.bytes.subarray(0, this.length));
    this.bytes = wide;
  }
}

/**
 * Unpack one frame.
 * @param limit  Most bytes that may come out.
 * @throws RangeError if the frame is cut, is no LZ4 frame or would grow beyond the limit
 */
export function unpackLz4(frame: Uint8Array, limit: number): Uint8Array {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  if (view.getUint32(0, true) !== MAGIC) throw new RangeError('LZ4: no frame');
  const flags = view.getUint8(4);
  const [sized, sums, named] = [(flags & 8) !== 0, (flags & 16) !== 0, (flags & 1) !== 0];
  if (flags >> 6 !== 1 || named)
    throw new RangeError('LZ4: a version or dictionary not known here');
  const size = sized ? Number(view.getBigUint64(6, true)) : frame.length * 4;
  const out = new Output(Math.min(size, limit), limit);
  let at = sized ? 15 : 7;
  for (;;) {
    const head = view.getUint32(at, true);
    at += 4;
    if (head === 0) return out.bytes.subarray(0, out.length);
    const length = head & 0x7fffffff;
    if (at + length > frame.length) throw new RangeError('LZ4: a block is cut');
    const block = frame.subarray(at, at + length);
    if (head >>> 31 === 1) copyPlain(block, out);
    else unpackBlock(block, out);
    at += length + (sums ? 4 : 0);
  }
}

function copyPlain(block: Uint8Array, out: Output): void {
  out.room(block.length);
  out.bytes.set(block, out.length);
  out.length += block.length;
}

/** Literals, then a copy of what was put out before, over and over; the last sequence has literals only. */
function unpackBlock(block: Uint8Array, out: Output): void {
  let at = 0;
  const byte = (): number => {
    const value = block[at++];
    if (value === undefined) throw new RangeError('LZ4: a block is cut');
    return value;
  };
  const extended = (start: number): number => {
    let length = start;
    if (start === 15) for (let more = 255; more === 255; length += more) more = byte();
    return length;
  };
  while (at < block.length) {
    const token = byte();
    const literals = extended(token >> 4);
    if (at + literals > block.length) throw new RangeError('LZ4: a block is cut');
    copyPlain(block.subarray(at, at + literals), out);
    at += literals;
    if (at === block.length) return;
    const back = byte() + byte() * 256;
    copyBack(back, extended(token & 15) + MIN_MATCH, out);
  }
}

/** Copy what was put out `back` bytes ago; it may run into what it writes, which repeats a pattern. */
function copyBack(back: number, length: number, out: Output): void {
  const from = out.length - back;
  if (back === 0 || from < 0) throw new RangeError('LZ4: a copy from before the start');
  out.room(length);
  const { bytes } = out;
  if (back >= length) bytes.copyWithin(out.length, from, from + length);
  else for (let i = 0; i < length; i++) bytes[out.length + i] = bytes[from + i] ?? 0;
  out.length += length;
}
