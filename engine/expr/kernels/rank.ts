import { type SortedStatistic, type SortedWindow, unmoved } from './sorted-window.js';

/** Share of the window at or below the current row (max), below it (min), or midway (average). */
export function rankStatistic(
  window: SortedWindow,
  ties: 'max' | 'average' | 'min',
): SortedStatistic {
  const { counts } = window.tally;
  const ranks = window.ranks();
  return {
    entered: unmoved,
    left: unmoved,
    at() {
      const slot = window.current;
      if (slot < 0) return Number.NaN;
      const less = ranks.below(slot);
      const equal = counts[slot] ?? 0;
      if (ties === 'min') return less / window.known;
      return (ties === 'max' ? less + equal : less + (equal + 1) / 2) / window.known;
    },
  };
}
