import { type Place, reporter } from '../diag/diagnostic.js';
import { Problems } from '../diag/problems.js';
import { suggestion } from '../diag/suggest.js';
import { readContract } from '../frame/contract.js';
import { get, mapOf, plain } from '../yaml/read.js';
import type { Json, JsonObject, Yaml, YamlMap } from '../yaml/value.js';
import { isMap } from './given.js';
import type { Session } from './scope.js';
import { checkUnit } from './unit-text.js';

const report = reporter({
  'graph/unknown-contract':
    'Port "{port}" of {node} keeps contract "{contract}", which has no file.',
  'graph/contract-id': 'The contract is called "{id}", but its file "{stem}.yaml".',
});

/** Fields that describe a contract and say nothing about its rows. */
const DESCRIPTIVE = ['title', 'source', 'cases'];

const indexes = new WeakMap<Session, ReadonlyMap<string, string>>();
const loaded = new WeakMap<Session, Map<string, JsonObject | undefined>>();

/** File by id of every contract under `contracts/` of the specs, from names alone. */
export function contractIds(session: Session): ReadonlyMap<string, string> {
  const known = indexes.get(session);
  if (known) return known;
  const files = session.project.list(
    `${session.specs.folder}/contracts`,
    undefined,
    session.problems,
  );
  const index = new Map(files.map((f) => [f.slice(f.lastIndexOf('/') + 1, -'.yaml'.length), f]));
  indexes.set(session, index);
  return index;
}

/** A contract as plain data; it and its problems are read once. */
export function loadContract(
  session: Session,
  id: string,
  asks: { readonly node: string; readonly port: string; readonly place: Place },
): JsonObject | undefined {
  const known = loaded.get(session) ?? new Map<string, JsonObject | undefined>();
  loaded.set(session, known);
  if (known.has(id)) return known.get(id);
  const file = contractIds(session).get(id);
  let json: JsonObject | undefined;
  if (file === undefined) {
    const facts = { node: asks.node, port: asks.port, contract: id };
    const hint = suggestion(id, contractIds(session).keys());
    session.problems.add(report('graph/unknown-contract', asks.place, facts, { hint }));
  } else json = readFile(session, id, file);
  known.set(id, json);
  return json;
}

function readFile(session: Session, id: string, file: string): JsonObject | undefined {
  const { value, problems: own } = session.project.yaml(file);
  const problems = new Problems();
  problems.add(...own);
  const map = value && mapOf(value, problems, 'A contract');
  let json: JsonObject | undefined;
  if (map) {
    const telling = { ...map, entries: map.entries.filter((e) => !DESCRIPTIVE.includes(e.key)) };
    const data: Json = plain(telling);
    problems.add(...readContract(data, (path) => placeIn(map, path)).problems);
    json = isMap(data) ? data : undefined;
    checkUnits(map, problems);
    if (json?.contract !== undefined && json.contract !== id) {
      const place = map.entries[0]?.value.place;
      problems.add(report('graph/contract-id', place, { id: json.contract, stem: id }));
    }
  }
  session.problems.add(...problems.all);
  return problems.failed ? undefined : json;
}

/** Units of columns; what is no text has been told with the rest. */
function checkUnits(contract: YamlMap, problems: Problems): void {
  const columns = get(contract, 'columns');
  for (const { value } of columns?.kind === 'map' ? columns.entries : []) {
    const unit = value.kind === 'map' ? get(value, 'unit') : undefined;
    if (unit?.kind === 'scalar' && typeof unit.value === 'string')
      checkUnit(unit.value, unit.place, problems);
  }
}

/** The place of the deepest part of a path that exists. */
function placeIn(value: Yaml, path: readonly string[]): Place {
  let at: Yaml = value;
  let place = value.place;
  for (const key of path) {
    if (at.kind !== 'map') break;
    const entry: { readonly keyPlace: Place; readonly value: Yaml } | undefined = at.entries.find(
      (e) => e.key === key,
    );
    if (!entry) break;
    place = entry.keyPlace;
    at = entry.value;
  }
  return place;
}
