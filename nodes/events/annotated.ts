import {
  type Column,
  type Context,
  defineNode,
  type Frame,
  type Gathered,
  MISSING_TEXT,
  many,
  type Numbers,
  optional,
  type SpecOf,
  t,
  textColumn,
} from '../../engine/sdk/index.js';
import { event } from '../kinds/event.js';
import { withContext } from '../kinds/namespace.js';
import { locator } from '../math/locate.js';
import {
  annotatedEvents,
  context,
  events,
  features,
  funding,
  severityCuts,
  splits,
} from '../ports.js';
import { flagNames } from './rows/flags.js';
import { inputsOf, readBy, withPrints } from './rows/inputs.js';
import { symbolOf } from './rows/rule.js';
import { bucketColumn, cutsByEvent, cutsTable } from './rows/severity.js';
import { objectTexts } from './rows/texts.js';

type Event = SpecOf<typeof event>;
type Texts = Extract<Column, { dtype: 'text' }>;

/** Of fewer occurrences than these none would be the top 5 %. */
const LEAST = 20;

export default defineNode({
  type: 'events.annotated',
  doc: 'Occurrences with the part of the span they lie in, a bucket of severity that training alone decides, and what their rules looked at: to be read, not traded.',
  time: 'fit',

  in: {
    events,
    splits,
    features: many(features),
    context: optional(context),
    funding: optional(many(funding)),
  },
  out: { events: annotatedEvents, cuts: severityCuts },
  params: {
    specs: t.list(t.spec(event), { min: 1, doc: 'Events there are.' }),
    least: t.integer({
      default: LEAST,
      min: LEAST,
      doc: 'Occurrences with a severity in training that cut-offs take; of an event with fewer there are none.',
    }),
    spacing: t.duration({ default: '5m', doc: 'Length of a bar.' }),
  },
  reads: ({ specs }, ins) => (ins.features ? readBy(specs.flatMap(inputsOf), ins) : {}),
  errors: {
    'events/unknown-event': 'Event {event} occurs, but there is no spec of it here.',
    'events/no-features':
      'Event {event} occurs in {symbol}, of which there are no features: `features` must come from a stage with `foreach: symbol`.',
    'events/off-clock': 'Event {event} of {symbol} at {ts} is not on a row of its features.',
  },

  run({ events: given, splits: parts, ...tables }, { specs, least, spacing }, ctx) {
    const found = occurrencesIn(given);
    const split = splitColumn(found.ts, parts);
    const training = split.words.indexOf('train');
    const trained = (row: number) => split.codes[row] === training;
    const severities = { ...found, trained };
    const cuts = cutsByEvent(severities, least);
    const annotated = given
      .with('signal_column', signals(found.event))
      .with('split', split)
      .with('severity_bucket', bucketColumn(severities, cuts))
      .with('features_at_event', textColumn(inputTexts(found, tables, specs, spacing, ctx)));
    const ids = specs.map(({ id }) => id);
    return { events: annotated, cuts: cutsTable(ids, found.event.words, cuts) };
  },
});

interface Occurrences {
  readonly event: Texts;
  readonly symbol: Texts;
  readonly ts: Numbers;
  readonly severity: Numbers;
}

function occurrencesIn(events: Frame): Occurrences {
  const [event, symbol] = [events.get('event'), events.get('symbol')];
  if (event.dtype !== 'text' || symbol.dtype !== 'text') throw new Error('Events have no texts.');
  return { event, symbol, ts: events.time('ts'), severity: events.column('severity') };
}

/** The column of `event_flags` that marks an occurrence. */
function signals({ codes, words }: Texts): Texts {
  return { dtype: 'text', codes, words: words.map((id) => flagNames(id)[0]) };
}

/** The part each time lies in, as folds cut rows: by the open of the bar. */
function splitColumn(ts: Numbers, parts: Frame): Texts {
  const labels = parts.get('split');
  if (labels.dtype !== 'text') throw new Error('Parts have no labels.');
  const [from, to] = [parts.time('from'), parts.time('to')];
  const codes = Uint32Array.from(ts, (time) => {
    const at = from.findIndex((first, part) => first <= time && time < (to[part] ?? Number.NaN));
    return labels.codes[at] ?? MISSING_TEXT;
  });
  return { dtype: 'text', codes, words: labels.words };
}

interface Tables {
  readonly features: readonly Gathered<Frame>[];
  readonly context?: Frame | undefined;
  readonly funding?: readonly Gathered<Frame>[] | undefined;
}

/** What the rule of each occurrence names, at its bar, as JSON. */
function inputTexts(
  { event, symbol, ts }: Occurrences,
  { features, context, funding }: Tables,
  specs: readonly Event[],
  spacing: number,
  ctx: Context,
): readonly string[] {
  const byId = new Map(specs.map((spec) => [spec.id, inputsOf(spec)]));
  const names = event.words.map((id) => {
    return byId.get(id) ?? ctx.refuse('events/unknown-event', { event: id });
  });
  const symbols = symbol.words.map((name) => {
    const own = features.find((item) => symbolOf(item) === name)?.value;
    if (!own) return undefined;
    const prints = funding?.find((item) => symbolOf(item) === name)?.value;
    const whole = context ? withContext(own, name, context) : own;
    const self = withPrints(whole, prints, names.flat(), spacing);
    return { rowOf: locator(own.time('ts')), texts: names.map((n) => objectTexts(self, n)) };
  });
  return Array.from(ts, (time, i) => {
    const [e, s] = [event.codes[i] ?? 0, symbol.codes[i] ?? 0];
    const facts = { event: event.words[e], symbol: symbol.words[s] };
    const table = symbols[s] ?? ctx.refuse('events/no-features', facts);
    const row = table.rowOf(time);
    if (row < 0) ctx.refuse('events/off-clock', { ...facts, ts: new Date(time).toISOString() });
    return table.texts[e]?.(row) ?? '';
  });
}
