/** Every GraphQL question that the README and the guides show is one that the schema answers. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { schema } from './schema.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const pages = [
  'README.md',
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** A block may hold several questions without a name, one after the other. */
function questionsIn(page: string): string[] {
  const blocks = readFileSync(join(ROOT, page), 'utf8').matchAll(/```graphql\n([\s\S]*?)```/g);
  return [...blocks].flatMap(([, block = '']) =>
    block.split(/\n(?=\{)|\n\n(?=#)/).filter((text) => /^\s*[^#\s]/m.test(text)),
  );
}

const questions = pages.flatMap((page) => questionsIn(page).map((question) => ({ page, question })));

test('there are some', () => {
  expect(questions.length).toBeGreaterThan(5);
});

test.each(questions)('$page: $question', ({ question }) => {
  expect(validate(schema, parse(question)).map(({ message }) => message)).toEqual([]);
});
