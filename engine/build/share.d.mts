import type { Shared } from '../yaml/unshared.js';
import type { Json } from '../yaml/value.js';

export function shared(data: Json): Shared;
