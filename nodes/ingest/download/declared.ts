import type { SpecOf } from '../../../engine/sdk/index.js';
import type { market } from '../../kinds/market.js';
import { fileName, inside } from './names.js';
import type { Network } from './venue.js';

/** A problem of a parameter that no network could make right. */
interface Problem {
  readonly param: 'market' | 'datasets' | 'listings';
  readonly code: string;
  readonly facts: Readonly<Record<string, string>>;
}

/** What is wrong with the market's `network:`, or with what is asked of it. */
export function problemsOf(
  { id, network, spacing, period, quote }: SpecOf<typeof market>,
  datasets: readonly string[],
  listings: boolean,
): readonly Problem[] {
  if (network === undefined)
    return [{ param: 'market', code: 'ingest/no-network', facts: { market: id } }];
  if (period !== undefined)
    return [{ param: 'market', code: 'ingest/fixed-bars', facts: { market: id, period } }];
  const known = Object.keys(network.datasets).sort().join(', ');
  const unknown = datasets
    .filter((dataset) => !(dataset in network.datasets))
    .map((dataset): Problem => {
      const facts = { market: id, dataset, known };
      return { param: 'datasets', code: 'ingest/unknown-dataset', facts };
    });
  const none: readonly Problem[] =
    listings && network.listings === undefined
      ? [{ param: 'listings', code: 'ingest/no-listings', facts: { market: id } }]
      : [];
  return [...undeclared(id, network), ...unsafe(network, spacing, quote), ...unknown, ...none];
}

/** Hosts and budgets that are named and not declared. */
function undeclared(market: string, network: Network): readonly Problem[] {
  const rests = Object.values(network.datasets).flatMap(({ rest }) => (rest ? [rest.budget] : []));
  const hosts = [network.archive, ...Object.values(network.budgets).map(({ host }) => host)];
  const budgets = network.listings ? [...rests, network.listings.budget] : rests;
  const missing = [
    ...hosts.filter((name) => !(name in network.hosts)).map((name) => ({ what: 'host', name })),
    ...budgets
      .filter((name) => !(name in network.budgets))
      .map((name) => ({ what: 'budget', name })),
  ];
  return missing.map(({ what, name }) => {
    return { param: 'market', code: 'ingest/unknown-host', facts: { market, what, name } };
  });
}

/** Paths that would lead out of the folder. */
function unsafe(
  { datasets, listings }: Network,
  spacing: number,
  quote: string,
): readonly Problem[] {
  const names = Object.entries(datasets).map(([dataset, { archive }]) =>
    fileName({ dataset, archive, symbol: 'SYMBOL', spacing, quote }, 'daily', 0),
  );
  return [...names, ...(listings ? [listings.file] : [])]
    .filter((name) => !inside(name))
    .map((name) => ({ param: 'market', code: 'ingest/unsafe-path', facts: { name } }));
}

/** An error of the file system. */
export function isDiskError(
  thrown: unknown,
): thrown is { readonly code: string; readonly path?: string } {
  if (typeof thrown !== 'object' || thrown === null) return false;
  return 'syscall' in thrown && 'code' in thrown && typeof thrown.code === 'string';
}
