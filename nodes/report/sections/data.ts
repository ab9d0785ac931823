import type { Frame, Gathered, JsonObject } from '../../../engine/sdk/index.js';
import { columns, type Origin, paragraph, type Section, type Table } from '../page/document.js';
import { fixed, percent, whole } from '../page/numbers.js';
import { qualityBlocks } from './quality.js';
import { enumerated, numberIn, objectIn, tally, textIn, textsIn } from './read.js';
import { warmupCounts } from './warmup.js';

type Tallies = readonly Gathered<JsonObject>[];
interface Given {
  readonly quality: readonly Gathered<JsonObject>[];
  readonly tallies: Tallies;
  readonly events: Frame;
  /** History before the span, milliseconds. */
  readonly warmup: number;
}

/** What the numbers stand on: how complete and clean the data are, and how often each event occurred or why it could not. */
export function dataSection(
  { quality, tallies, events, warmup }: Given,
  origin: (port: string) => Origin,
): Section {
  const lacking = tallies.filter(({ value }) => value.available === false);
  const gaps = tallies.flatMap(gapsOf);
  const silent = tallies.filter(
    ({ value }) => value.available !== false && numberIn(value, 'count') === 0,
  );
  return {
    title: 'Data and events',
    blocks: [
      ...qualityBlocks(quality, warmup, origin),
      eventTable(tallies, events, warmup, origin),
      paragraph(
        `${tallies.length} events are declared. ${tallies.length - lacking.length - silent.length} occurred, ${silent.length} never did${named(silent)}; ${lacking.length} could not be looked for, because the data they need are not there.`,
      ),
      ...(gaps.length === 0 ? [] : [lackingTable(gaps, origin)]),
    ],
  };
}

/** That events could not be looked for, and for want of what; nothing where all could. */
export function lackingWarning(tallies: Tallies): readonly string[] {
  const lacking = tallies.filter(({ value }) => value.available === false);
  if (lacking.length === 0) return [];
  const needs = tally(
    lacking.map(({ value }) => ({ [enumerated(textsIn(value, 'datasets'))]: 1 })),
  ).map(([need, count]) => `${count} for want of ${need}`);
  return [
    `${lacking.length} of ${tallies.length} events could not be looked for: ${enumerated(needs)}. Which ones, "Data and events" says.`,
  ];
}

function named(events: Tallies): string {
  return events.length === 0
    ? ''
    : ` (${events.map(({ value }) => textIn(value, 'event')).join(', ')})`;
}

function eventTable(
  tallies: Tallies,
  events: Frame,
  warmup: number,
  origin: (port: string) => Origin,
): Table {
  const bars = new Map(
    tallies.map(({ value }) => [textIn(value, 'event'), numberIn(value, 'bars')]),
  );
  return {
    kind: 'table',
    title: 'Occurrences of events',
    columns: columns(
      ['Event'],
      ['Occurrences', 'Symbols', 'Per 10 000 bars', 'Pointing up', 'Pointing down', 'Nowhere'],
    ),
    rows: occurrences(events).map(({ event, count, symbols, up, down }) => [
      event,
      whole(count),
      whole(symbols.size),
      fixed((count / (bars.get(event) ?? NaN)) * 10_000, 1),
      percent(up / count, 0),
      percent(down / count, 0),
      percent((count - up - down) / count, 0),
    ]),
    origin: origin('events'),
    note: `${warmupCounts(warmup)} An event that points nowhere is traded with the sign of what drives it, and not at all where that is 0.`,
  };
}

/** What an event lacks, and for which symbols. */
interface Gap {
  readonly event: string;
  readonly needs: string;
  readonly symbols: string;
}

/** What keeps an event from being looked for: in every symbol, or in those that have no row of what it reads. */
function gapsOf({ value }: Gathered<JsonObject>): readonly Gap[] {
  const event = textIn(value, 'event');
  const gap = (needs: readonly string[], symbols: string): Gap => {
    return { event, needs: needs.join(', '), symbols };
  };
  if (value.available === false) return [gap(textsIn(value, 'datasets'), 'all')];
  const without = objectIn(value, 'without');
  return Object.keys(without).map((symbol) => gap(textsIn(without, symbol), symbol));
}

/** Events by what they lack and where. */
function lackingTable(gaps: readonly Gap[], origin: (port: string) => Origin): Table {
  const events = grouped(gaps, ({ event, needs }) => `${event}\n${needs}`).map((same) => ({
    event: same[0]?.event ?? '',
    needs: same[0]?.needs ?? '',
    symbols: same.map(({ symbols }) => symbols).join(', '),
  }));
  return {
    kind: 'table',
    title: 'Events that could not be looked for',
    columns: [
      { name: 'Needs' },
      { name: 'Symbols' },
      { name: 'Count', right: true },
      { name: 'Events', prose: true },
    ],
    rows: grouped(events, ({ needs, symbols }) => `${needs}\n${symbols}`).map((same) => [
      same[0]?.needs ?? '',
      same[0]?.symbols ?? '',
      whole(same.length),
      same.map(({ event }) => event).join(', '),
    ]),
    origin: origin('tallies'),
  };
}

/** Values with the same key together, sorted by key. */
function grouped<T>(values: readonly T[], keyOf: (value: T) => string): readonly (readonly T[])[] {
  const found = new Map<string, T[]>();
  for (const value of values) found.set(keyOf(value), [...(found.get(keyOf(value)) ?? []), value]);
  return [...found].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, same]) => same);
}

interface Tally {
  readonly event: string;
  count: number;
  readonly symbols: Set<string>;
  up: number;
  down: number;
}

function occurrences(events: Frame): readonly Tally[] {
  const found = new Map<string, Tally>();
  const symbols = events.texts('symbol');
  const directions = events.column('direction');
  for (const [i, name] of events.texts('event').entries()) {
    const event = name ?? '';
    const tally = found.get(event) ?? { event, count: 0, symbols: new Set(), up: 0, down: 0 };
    found.set(event, tally);
    tally.count++;
    tally.symbols.add(symbols[i] ?? '');
    if ((directions[i] ?? 0) > 0) tally.up++;
    if ((directions[i] ?? 0) < 0) tally.down++;
  }
  return [...found.values()].sort((a, b) => (a.event < b.event ? -1 : a.event > b.event ? 1 : 0));
}
