/** Gate E1 as it ships. */
export const BOUNDS = {
  id: 'e1',
  near: 5,
  clustered_most: 0.2,
  age: 1,
  joined_least: 0.99,
  step: 0.1,
  elasticity_most: 2,
  judged_from: 50,
  beside: 3,
  let: {},
};
