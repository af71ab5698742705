import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const NEO4J_TESTS = '**/*.neo4j.test.ts';
const BROWSER_TESTS = '**/*.browser.test.ts';
const NOT_OURS = ['**/node_modules/**', '**/.trame/**'];

/** Vite would take graphql's `module` entry for our files while Node takes `main` for the packages: two graphqls, which refuse each other. */
const ONE_GRAPHQL = {
  alias: [{ find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve('graphql')) }],
};

/** Unit tests run side by side; those that need Neo4j run one file at a time, against one that is started for them; pages are opened in a real browser, where Chromium is found (deploy/setup/browser.ts). */
export default defineConfig({
  test: {
    projects: [
      {
        resolve: ONE_GRAPHQL,
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: [NEO4J_TESTS, BROWSER_TESTS, ...NOT_OURS],
          maxWorkers: 2,
        },
      },
      {
        resolve: ONE_GRAPHQL,
        test: {
          name: 'neo4j',
          include: [NEO4J_TESTS],
          exclude: NOT_OURS,
          globalSetup: ['deploy/setup/neo4j-for-tests.ts'],
          fileParallelism: false,
          maxConcurrency: 2,
          testTimeout: 30_000,
          hookTimeout: 60_000,
          // After the unit tests: on two cores a starting Neo4j and they would slow each other into timeouts.
          sequence: { groupOrder: 1 },
        },
      },
      {
        resolve: ONE_GRAPHQL,
        test: {
          name: 'browser',
          include: [BROWSER_TESTS],
          exclude: NOT_OURS,
          fileParallelism: false,
          testTimeout: 30_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
