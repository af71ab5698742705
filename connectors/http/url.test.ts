import { expect, test } from 'vitest';
import { redacted } from './url.ts';

test.each([
  'key',
  'app_key',
  'api-key',
  'apikey',
  'x-api-key',
  'access_token',
  'token',
  'client_secret',
  'password',
  'cle',
  'auth',
])('the value of %s is not shown', (name) => {
  expect(redacted(`https://example.org/flux?${name}=confidentiel&page=2`)).toBe(
    `https://example.org/flux?${name}=***&page=2`,
  );
});

test.each(['resumptionToken', 'next_token', 'pageToken', 'keyword', 'keywords', 'author', 'page'])(
  'the value of %s is shown',
  (name) => {
    expect(redacted(`https://example.org/?${name}=tissage`)).toBe(`https://example.org/?${name}=tissage`);
  },
);
