import { GraphQLError } from 'graphql';
import { Neo4jError } from 'neo4j-driver';
import { expect, test } from 'vitest';
import { catalogueLoading } from './catalogue/absent.ts';
import { present } from './errors.ts';
import { Refusal } from './refusal.ts';

const database = (code: string) => new Neo4jError('MATCH (n:Secret) at bolt://10.0.0.1:7687', code, '50N42', 'secret');

test.each([
  ['a refusal', new Refusal('BAD_ARGUMENT', 'Non.', 'No.'), 'BAD_ARGUMENT', false],
  [
    'a question that took too long',
    database('Neo.ClientError.Transaction.TransactionTimedOut'),
    'QUERY_TIMEOUT',
    false,
  ],
  [
    'the same, by the client’s setting',
    database('Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration'),
    'QUERY_TIMEOUT',
    false,
  ],
  ['a database that has gone', database('ServiceUnavailable'), 'DATABASE_UNAVAILABLE', true],
  ['a password that is wrong', database('Neo.ClientError.Security.Unauthorized'), 'DATABASE_UNAVAILABLE', true],
  ['too much memory', database('Neo.TransientError.General.MemoryPoolOutOfMemoryError'), 'QUERY_TOO_WIDE', true],
  ['a text that is no Cypher', database('Neo.ClientError.Statement.SyntaxError'), 'INTERNAL', true],
  ['a bug', new TypeError('secret is not a function'), 'INTERNAL', true],
  ['no error at all', 'secret', 'INTERNAL', true],
])('%s', (_what, fault, code, isLogged) => {
  const logged: unknown[] = [];
  const log = (_message: string, what: unknown) => logged.push(what);
  const wrapped =
    fault instanceof Error ? new GraphQLError(fault.message, { originalError: fault, path: ['x'] }) : fault;
  const error = present(wrapped, log);
  expect(error.extensions['code']).toBe(code);
  expect(error.extensions['en']).not.toBe(error.message);
  expect(JSON.stringify(error)).not.toMatch(/secret|bolt|10\.0|MATCH|stack/i);
  expect(error.originalError).toBeUndefined();
  expect(logged).toEqual(isLogged ? [fault] : []);
  expect(present(error, log)).toBe(error);
});

test('a catalogue that is still being read says when to come again, though only one field needs it', () => {
  const refused = new GraphQLError('x', { originalError: catalogueLoading(), path: ['search'] });
  expect(present(refused, () => undefined).extensions).toMatchObject({
    code: 'CATALOGUE_LOADING',
    http: { status: 503, headers: { 'retry-after': '2' } },
  });
});
