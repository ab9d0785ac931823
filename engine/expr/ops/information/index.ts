export { adf_p } from './adf_p.js';
export { coint_p } from './coint_p.js';
export { haar_energy } from './haar_energy.js';
export { hurst } from './hurst.js';
export { kendall } from './kendall.js';
export { ljung_box_p } from './ljung_box_p.js';
export { memory } from './memory.js';
export { permutation_entropy } from './permutation_entropy.js';
