import { isFrame } from '../frame/frame.js';
import type { Project } from '../run/project.js';
import { type Key, keyOf, sha256 } from '../store/digest.js';
import { objectsOf } from '../store/stored.js';
import { readValue, writeValue } from '../store/value.js';
import { canonical } from '../yaml/canonical.js';
import type { JsonObject } from '../yaml/value.js';
import type { Certificate } from './certificate.js';
import type { Made } from './choose.js';
import type { Effort } from './examine.js';

/** The type that certificates have among the records of the lake. */
export const NODE = 'pit.certify';
const PORT = 'certificate';

/**
 * Certificates lie in the lake like any other result, under the key of the item they are about, the code of the tests, and how
 * much was tried: what has not changed is not tested again.
 */
export class Shelf {
  readonly #contracts: string;

  /** @param contracts  of the pipeline, by id: they say when rows are known. */
  constructor(
    readonly project: Project,
    contracts: JsonObject,
  ) {
    this.#contracts = sha256(canonical(contracts));
  }

  find(made: Made, effort: Effort): Certificate | undefined {
    const { records, objects } = this.project.store;
    const entry = records.find(this.#keyed(made, effort).key);
    const stored = entry && records.read(entry)?.outputs[PORT];
    if (!stored) return undefined;
    const read = readValue(objects, stored);
    if (read.state !== 'ok') return undefined;
    const { value } = read;
    if (!isCertificate(value)) return undefined;
    // Items with equal keys share one: it bears the name of the first.
    const certificate: Certificate = value;
    return { ...certificate, item: made.entry.name, stage: made.entry.stage.path };
  }

  /** Write the record of a certificate. @param seconds  what the tests took. */
  keep(made: Made, effort: Effort, certificate: Certificate, seconds: number): void {
    const { records, objects } = this.project.store;
    const { key, preimage } = this.#keyed(made, effort);
    const stored = writeValue(objects, 'json', JSON.parse(JSON.stringify(certificate)));
    const stats = objectsOf(stored).flatMap((hash) => objects.stat(hash) ?? []);
    records.append(
      {
        key,
        item: `pit/${made.entry.name}`,
        node: NODE,
        at: new Date().toISOString(),
        outputs: { [PORT]: stored },
        objects: stats,
        warnings: [],
        preimage,
        timings: { queue: 0, hash: 0, read: 0, user: seconds * 1000, write: 0 },
        log: [],
      },
      'soon',
    );
  }

  #keyed({ entry }: Made, effort: Effort): { readonly key: Key; readonly preimage: string } {
    const { format, kernel, pit } = this.project.plugins.catalogue;
    const item = entry.keyed?.key ?? '';
    const preimage = canonical({
      format,
      kernel,
      node: NODE,
      code: pit,
      params: { ...effort },
      item,
      contracts: this.#contracts,
    });
    return { key: keyOf(sha256(preimage)), preimage };
  }
}

/** Only this module writes values under such keys. */
function isCertificate(value: unknown): value is Certificate {
  return (
    typeof value === 'object' &&
    value !== null &&
    !isFrame(value) &&
    'verdict' in value &&
    'tests' in value
  );
}
