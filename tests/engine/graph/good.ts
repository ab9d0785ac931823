/** Pipelines that are right, with a bit of everything in them. */

export const FOLD = `dag: fold
in:
  rows: { type: rows, per: [name] }
  events: { type: events, optional: true }
params: { cut: json, depth: { type: integer, default: 3, min: 1 } }
stages:
  model: { foreach: name, use: toy.fit, in: { rows: in.rows, events: in.events }, with: { cut: { from: 2024-01-01, to: 2024-02-01 }, depth: $depth } }
  total: { use: toy.sum, in: { scores: model.score } }
out: { score: total.total, models: model.model }
`;

export const MAIN = `dag: main
doc: Everything at once.
params:
  venue: { type: spec venue, default: made }
  raw: { type: folder, optional: true }
  names: { type: list text, default: [AAA, BBB, CCC] }
  lead: AAA
  span: { type: span, default: { from: 2024-01-01, to: 2024-12-31 } }
  warmup: { type: duration, default: 70d }
  windows: { type: list window, default: [{ id: fast, train: 60d, test: 20d }, { id: slow, train: 120d }] }
  depths: [1, 2]
  seed: 7
profiles:
  small: { names: [AAA, BBB] }
dimensions:
  name: $names
  signal: spec/signals/**/*.yaml
  window: $windows
  cut: cuts.cuts
  depth: $depths
stages:
  raw:
    foreach: name
    use: toy.read
    with: { venue: $venue, name: $name, folder: $raw, span: $span, warmup: $warmup, seed: $seed }
    retry: { times: 3, backoff: 2s }
    timeout: 10m
    resources: { threads: 2, memory: 2GiB }
  clean:
    foreach: name
    use: toy.clean
    in: { rows: raw }
    with: { where: "x > 0 and x < $seed" }
    expect:
      - rows(rows) > 0
      - warn: rows(rows) > $seed
  columns:
    foreach: name
    use: toy.compute
    in: { rows: clean.rows, reference: clean.rows@$lead }
    with: { columns: [spec/columns/**/*.yaml] }
    publish: { table: { to: lake/columns, split: month } }
  hits: { foreach: signal, use: toy.detect, in: { tables: columns }, with: { signal: $signal } }
  events: { use: toy.merge, in: { events: hits }, publish: { events: lake/events } }
  cuts: { foreach: window, use: toy.cuts, with: { window: $window, span: $span } }
  fold:
    foreach: [cut, window, depth]
    use: dags/parts/fold.yaml
    in: { rows: clean.rows, events: events }
    with: { cut: $cut, depth: $depth }
  sum: { use: toy.sum, in: { scores: fold.score }, after: raw }
out: { total: sum.total, page: sum.page }
`;

/** The files `MAIN` uses. */
export const PARTS: Readonly<Record<string, string>> = { 'dags/parts/fold.yaml': FOLD };
