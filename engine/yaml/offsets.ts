import type { CST } from 'yaml';
import { blockOffsets } from './offsets-block.js';
import type { Offsets } from './offsets-builder.js';
import { doubleQuotedOffsets, foldedOffsets, singleQuotedOffsets } from './offsets-flow.js';

/** Map a scalar token of the parser. */
export function offsetsOf(token: CST.FlowScalar | CST.BlockScalar): Offsets {
  switch (token.type) {
    case 'block-scalar':
      return blockOffsets(token);
    case 'double-quoted-scalar':
      return doubleQuotedOffsets(token.source, token.offset);
    case 'single-quoted-scalar':
      return singleQuotedOffsets(token.source, token.offset);
    default:
      return foldedOffsets(token.source, token.offset);
  }
}
