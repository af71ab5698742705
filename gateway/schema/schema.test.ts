import { readFileSync } from 'node:fs';
import { isEnumType, isInputObjectType, isInterfaceType, isObjectType, validateSchema } from 'graphql';
import { describe, expect, test } from 'vitest';
import { KINDS } from '#graph-schema/model.ts';
import { SDL_FILE, sdl } from '../print-schema.ts';
import { schema } from './schema.ts';

test('the committed SDL is that of the schema (else run: node gateway/print-schema.ts)', () => {
  expect(readFileSync(SDL_FILE, 'utf8') === sdl(), 'run: node gateway/print-schema.ts, and read the diff').toBe(true);
});

describe('the schema', () => {
  const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));

  test('is valid, and every kind of the model is an entity', () => {
    expect(validateSchema(schema)).toEqual([]);
    const entity = schema.getType('Entity');
    expect(
      isInterfaceType(entity) &&
        schema
          .getPossibleTypes(entity)
          .map(({ name }) => name)
          .sort(),
    ).toEqual([...KINDS].sort());
  });

  test('describes every type, field, argument and input, and in two languages', () => {
    const silent = types.flatMap((type) => {
      const fields =
        isObjectType(type) || isInterfaceType(type) || isInputObjectType(type) ? Object.values(type.getFields()) : [];
      const args = fields.flatMap((field) => ('args' in field ? field.args : []));
      return [type, ...fields, ...args]
        .filter(({ description }) => !description)
        .map(({ name }) => `${type.name}.${name}`);
    });
    expect(silent).toEqual([]);
  });

  test('shows nothing of the bookkeeping', () => {
    const fields = types.flatMap((type) => (isObjectType(type) ? Object.keys(type.getFields()) : []));
    for (const name of ['changed', 'created_', 'digest', 'search_', 'visibleUntil', 'visibility', 'lock', 'unlinked']) {
      expect(fields).not.toContain(name);
    }
  });

  test('writes the values of enums in capitals', () => {
    const values = types.flatMap((type) => (isEnumType(type) ? type.getValues().map(({ name }) => name) : []));
    expect(values.filter((name) => !/^[A-Z][A-Z0-9_]*$/.test(name))).toEqual([]);
    expect(values).toContain('PUBLIC_BODY');
  });
});
