import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { clientFiles, DocumentRefused, generateOperations } from './generate.ts';
import { filesKept, filesNow } from './generate-here.ts';

const SDL = 'type Query { n(of: ID): Int other: Other } type Other { name: String! } type Mutation { add: Int }';
const generate = (...texts: readonly string[]) =>
  generateOperations(
    SDL,
    texts.map((text, index) => ({ name: `${index + 1}.graphql`, text })),
  );

test('what is generated here is what generation gives now (else run: node gateway/client/generate-here.ts)', async () => {
  const now = await filesNow();
  expect(Object.keys(now)).toHaveLength(4);
  expect(await filesKept(Object.keys(now))).toEqual(now);
});

test('an operation has its text with the fragments that it uses, also from another file, and the SHA-256 of that', async () => {
  const files = await generate(
    'query A { other { ...name } } mutation B { add }',
    'fragment name on Other { name } query C($of: ID!) { n(of: $of) }',
  );
  const manifest = JSON.parse(files['operations.generated.json']!) as Record<string, string>;
  expect(Object.values(manifest)).toEqual([
    expect.stringMatching(/query A \{[\s\S]*fragment name on Other/),
    'mutation B {\n  add\n}',
    'query C($of: ID!) {\n  n(of: $of)\n}',
  ]);
  for (const [id, text] of Object.entries(manifest)) expect(createHash('sha256').update(text).digest('hex')).toBe(id);
  const typescript = files['operations.generated.ts'];
  expect(typescript).toContain('export const ADocument: TypedDocument<AQuery, AQueryVariables> =');
  expect(typescript).toContain('export const BDocument: TypedDocument<BMutation, BMutationVariables> =');
  expect(typescript).toMatch(/CQueryVariables = [^;]*of: string/);
});

test('the JavaScript is the same operations, to be run as it is', async () => {
  const { 'operations.generated.js': javascript, 'operations.generated.json': manifest } =
    await generate('query A { n }');
  const { ADocument } = (await import(`data:text/javascript,${encodeURIComponent(javascript!)}`)) as {
    ADocument: { id: string; text: string };
  };
  expect({ [ADocument.id]: ADocument.text }).toEqual(JSON.parse(manifest!));
});

test('the client itself needs nothing but what Node and browsers have', async () => {
  const { 'client.js': javascript = '' } = await clientFiles();
  expect(javascript).not.toMatch(/^\s*import\b|\brequire\(/m);
  const client = (await import(`data:text/javascript,${encodeURIComponent(javascript)}`)) as object;
  expect(Object.keys(client).sort()).toEqual(['HubError', 'createClient']);
});

test.each([
  ['nothing to be read', 'query A {', /1\.graphql, ligne \/ line 1/],
  ['a field that is not there', 'query A { m }', /"m"/],
  ['an operation without a name', '{ n }', /majuscule/],
  ['a name in small letters', 'query a { n }', /majuscule/],
  ['the same name twice', 'query A { n } query A { other { name } }', /"A"/],
  ['no operation', 'fragment name on Other { name }', /./],
])('%s is refused in words', async (_, text, words) => {
  await expect(generate(text)).rejects.toThrow(DocumentRefused);
  await expect(generate(text)).rejects.toThrow(words);
});
