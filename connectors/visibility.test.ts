import { describe, expect, test } from 'vitest';
import { visibilityOf, visibilityRule } from './visibility.ts';
import { parseXml } from './xml-stream.ts';

const oai = (sets: string[], xml = '<dc/>') =>
  ({ header: { identifier: 'x', datestamp: '', sets }, metadata: parseXml(xml) }) as never;

describe('visibilityOf', () => {
  test('everything, nothing', () => {
    expect(visibilityOf('everything', {})).toBe('public');
    expect(visibilityOf('nothing', { EN_LIGNE: 'oui' })).toBe('hidden');
  });

  test('a set, those below it, whatever its case', () => {
    const rule = { set: 'online' };
    expect(visibilityOf(rule, oai(['inventaire', 'Online']))).toBe('public');
    expect(visibilityOf(rule, oai(['online:textile']))).toBe('public');
    expect(visibilityOf(rule, oai(['inventaire', 'online2', 'not:online']))).toBe('hidden');
    expect(visibilityOf(rule, oai([]))).toBe('hidden');
    expect(visibilityOf(rule, { online: 'oui' })).toBe('hidden');
  });

  test('a column or tag; what is absent or says anything else is hidden', () => {
    const rule = { field: 'EN_LIGNE', values: ['oui', true, 1] };
    expect(visibilityOf(rule, { EN_LIGNE: ' OUI ' })).toBe('public');
    expect(visibilityOf(rule, { EN_LIGNE: '1', metadata: 'une colonne' })).toBe('public');
    expect(visibilityOf(rule, { EN_LIGNE: 'non' })).toBe('hidden');
    expect(visibilityOf(rule, { EN_LIGNE: '' })).toBe('hidden');
    expect(visibilityOf(rule, { en_ligne: 'oui' })).toBe('hidden');
    expect(visibilityOf({ field: 'constructor', values: ['x'] }, {})).toBe('hidden');
  });

  test('an XML element, of OAI-PMH or of a file', () => {
    const rule = { field: 'diffusion', values: ['publique'] };
    expect(visibilityOf(rule, oai([], '<a><b><diffusion>Publique</diffusion></b></a>'))).toBe('public');
    expect(visibilityOf(rule, parseXml('<a><diffusion>privée</diffusion></a>') as never)).toBe('hidden');
  });
});

test('visibilityRule refuses what it does not know, and says what may stand there', () => {
  expect(visibilityRule.safeParse({ field: 'EN_LIGNE', values: ['oui'] }).success).toBe(true);
  for (const wrong of ['tout', {}, { set: '' }, { field: 'x', values: [] }, { set: 'a', field: 'b' }, undefined]) {
    const result = visibilityRule.safeParse(wrong);
    expect(result.success).toBe(false);
    expect(result.error?.issues[0]?.message).toContain('everything');
  }
});
