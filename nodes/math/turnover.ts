/** Files round: turnovers to cents, and both it and volumes to a hundredth of themselves at the worst. */
const SLACK = 0.01;
const CENT = 0.01;

/**
 * Whether a turnover can be that of a volume traded between two prices: their quotient is a price of the bar, within 1 % and a
 * hundredth of a quote unit. Of linear contracts and spot; contracts that are paid in coin are counted otherwise. What is missing
 * contradicts nothing.
 */
export function fitsTurnover(low: number, high: number, volume: number, turnover: number): boolean {
  const [least, most] = [low * volume * (1 - SLACK) - CENT, high * volume * (1 + SLACK) + CENT];
  return !(turnover < least || turnover > most);
}
