import { describe, expect, test } from 'vitest';
import { type Expected, judge, type StoredRecord } from './truth.ts';

const TEXT = 'Navette | Tissée à Roubaix';
const kept = (texts = [TEXT]): Expected => ({ is: 'kept', texts });
const stored = (more: Partial<StoredRecord> = {}): StoredRecord => ({
  id: 'a',
  state: 'live',
  text: TEXT,
  rejected: false,
  pending: false,
  published: 'Navette',
  ...more,
});
const truth = (expected: Expected, id = 'a') => new Map([[id, expected]]);
const wrong = (expected: Expected, records: StoredRecord[], complete = true) =>
  judge(truth(expected), records, complete).wrong;

describe('what is stored is right', () => {
  test.each<[string, Expected, StoredRecord[]]>([
    ['kept as it is', kept(), [stored()]],
    ['gone', { is: 'gone', texts: [TEXT] }, [stored({ state: 'deleted' })]],
    ['gone before it was ever seen', { is: 'gone', texts: [TEXT] }, []],
    ['taken back, and still to be decided', { is: 'gone', texts: [TEXT] }, [stored({ pending: true })]],
    ['absent, and marked so', { is: 'absent', texts: [TEXT] }, [stored({ state: 'missing' })]],
    ['leaving while it was read', { is: 'leaving', texts: [TEXT] }, [stored()]],
  ])('%s', (_name, expected, records) => {
    expect(wrong(expected, records)).toEqual([]);
  });

  test('a record that could not be read is spoilt, not lost: under its id, or without one', () => {
    expect(judge(truth(kept()), [stored({ state: 'rejected', rejected: true, text: null })], true)).toMatchObject({
      wrong: [],
      spoilt: ['a'],
      kept: 0,
    });
    const unnamed = stored({ id: null, state: 'rejected', rejected: true, text: null });
    expect(judge(truth(kept()), [unnamed], true)).toMatchObject({ wrong: [], spoilt: ['a'] });
  });

  test('before the end a record may still lack, or say what it said before', () => {
    expect(wrong(kept(), [], false)).toEqual([]);
    expect(wrong(kept(['Autre | x', TEXT]), [stored()], false)).toEqual([]);
  });
});

describe('what is stored is wrong', () => {
  test.each<[string, Expected, StoredRecord[]]>([
    ['lost', kept(), []],
    ['deleted', kept(), [stored({ state: 'deleted' })]],
    ['missing', kept(), [stored({ state: 'missing' })]],
    ['taken back', kept(), [stored({ pending: true })]],
    ['another text', kept(), [stored({ text: 'Navette | TissÃ©e Ã  Roubaix' })]],
    ['the text of before', kept(['Autre | x', TEXT]), [stored()]],
    ['something in front', kept(), [stored({ text: `root:x:0:0${TEXT}` })]],
    ['not published', kept(), [stored({ published: null })]],
    ['published otherwise', kept(), [stored({ published: 'Autre' })]],
    ['a ghost', { is: 'gone', texts: [TEXT] }, [stored()]],
    ['not noticed', { is: 'absent', texts: [TEXT] }, [stored()]],
    ['invented', kept(), [stored(), stored({ id: 'b' })]],
  ])('%s', (_name, expected, records) => {
    expect(wrong(expected, records)).toHaveLength(1);
  });

  test('many that are no longer named must not be deleted at once', () => {
    const ids = Array.from({ length: 6 }, (_, n) => `n${n}`);
    const absent = new Map(ids.map((id): [string, Expected] => [id, { is: 'absent', texts: [TEXT] }]));
    expect(
      judge(
        absent,
        ids.map((id) => stored({ id, state: 'missing' })),
        true,
      ).wrong,
    ).toEqual([]);
    expect(
      judge(
        absent,
        ids.map((id) => stored({ id, state: 'deleted' })),
        true,
      ).wrong,
    ).toHaveLength(6);
  });
});
