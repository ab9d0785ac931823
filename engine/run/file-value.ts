import type { FileValue } from '../sdk/port.js';

/** Whether a value is a file: a name and bytes. Stands alone: a run in which nothing executes needs no more of the hand-over. */
export function isFile(value: unknown): value is FileValue {
  return (
    typeof value === 'object' &&
    value !== null &&
    'bytes' in value &&
    value.bytes instanceof Uint8Array &&
    'name' in value
  );
}
