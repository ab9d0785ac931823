/** Tests run on the TypeScript sources; only suites that start the command line need a build. */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/tests'],
  // A folder in which the suites of a run share builds.
  globalSetup: '<rootDir>/tests/kit/builds-setup.mjs',
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
  // All cores: in one process, which Jest takes on two cores, memory of suites that are over slows the later ones.
  maxWorkers: '100%',
  // No test is about speed: a busy machine must not fail one.
  testTimeout: 120_000,
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/lake'],
};
