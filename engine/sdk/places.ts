import type { Place } from '../diag/diagnostic.js';

/** Places of fields by the spec that has them: beside the spec, so that no key and no result can depend on them. */
const known = new WeakMap<object, ReadonlyMap<string, Place>>();

/** Remember where the fields of a spec were written. */
export function rememberPlaces(spec: object, places: ReadonlyMap<string, Place>): void {
  known.set(spec, places);
}

/** Let another form of a spec have the places of the first. */
export function samePlaces(from: object, to: object): void {
  const places = known.get(from);
  if (places) known.set(to, places);
}

/** Where a field of a spec was written; undefined for defaults, and wherever the spec was not read from YAML by this thread. */
export function placeIn(spec: object, field: string): Place | undefined {
  return known.get(spec)?.get(field);
}
