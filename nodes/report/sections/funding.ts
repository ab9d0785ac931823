import type { Gathered, JsonObject, SpecOf } from '../../../engine/sdk/index.js';
import type { cost } from '../../kinds/cost.js';
import { enumerated, numberIn, objectIn } from './read.js';

/** What net figures say of funding: costs leave it out, it is known, of some symbols not, or not at all. */
export interface Funding {
  readonly known: 'free' | 'all' | 'partly' | 'none';
  /** Symbols without a print, as a sentence has them. */
  readonly without: string;
}

/** Funding is charged only where prints say what it was. */
export function fundingOf(
  { funding }: Pick<SpecOf<typeof cost>, 'funding'>,
  quality: readonly Gathered<JsonObject>[],
): Funding {
  const without = quality.filter(({ value }) => {
    return (numberIn(objectIn(value, 'funding'), 'rows') ?? 0) === 0;
  });
  const names = enumerated(without.map(({ at }) => at.symbol ?? ''));
  if (!funding) return { known: 'free', without: '' };
  if (without.length === 0) return { known: 'all', without: '' };
  return { known: without.length === quality.length ? 'none' : 'partly', without: names };
}

/** What is taken off a net figure, in a few words. */
export function afterCosts({ known, without }: Funding): string {
  switch (known) {
    case 'free':
      return 'after costs';
    case 'all':
      return 'after costs and funding';
    case 'partly':
      return `after costs and funding (not known of ${without})`;
    case 'none':
      return 'after costs; funding not known';
  }
}

/** What has to be said before any number; nothing where funding is known or costs leave it out. */
export function fundingWarning({ known, without }: Funding): readonly string[] {
  if (known === 'none') {
    return [
      'Funding is not known: no symbol has a funding print. Positions, and buying and holding, paid and received none, and every net figure below leaves it out.',
    ];
  }
  return known === 'partly'
    ? [
        `Funding is not known of ${without}: there are no funding prints. Positions there paid and received none, and net figures leave that out.`,
      ]
    : [];
}

/** The same among what the numbers rest on. */
export function fundingRule({ known, without }: Funding): string {
  const paid = 'Positions pay and receive the funding that was settled while they were held';
  switch (known) {
    case 'free':
      return 'Positions pay no funding: the costs leave it out.';
    case 'all':
      return `${paid}.`;
    case 'partly':
      return `${paid}, except in ${without}: no funding prints were given there, so none was charged.`;
    case 'none':
      return 'No funding prints were given: positions paid and received none, and funding is missing from every number here.';
  }
}
