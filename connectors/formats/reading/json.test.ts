import { describe, expect, test } from 'vitest';
import type { Finding } from '#graph-schema/findings/finding.ts';
import type { Json } from '../../connector.ts';
import type { LocatedCut } from './file.ts';
import { cutJson, rowFromJson } from './json.ts';
import { codes, fileOf } from './testing.ts';

const wanted = {
  lists: ['events', 'data'],
  id: (row: Json) => {
    const id = (row as { id?: unknown } | null)?.id;
    return id === undefined ? undefined : String(id);
  },
};

async function cut(content: string | Uint8Array, pieceBytes = 7) {
  const told: Finding[] = [];
  const cuts: LocatedCut[] = [];
  for await (const one of cutJson(fileOf(content, 'essai.json', undefined, pieceBytes), wanted, (f) => told.push(f)))
    cuts.push(one);
  const ids = cuts.flatMap((one) => (one.kind === 'record' ? [one.id] : []));
  const rejected = codes(cuts.flatMap((one) => (one.kind === 'rejected' ? [one.finding] : [])));
  return { cuts, ids, rejected, told };
}

const A = '{"id":"a","t":"é ] } \\" \\\\ ,","deep":{"x":[1,[2]]}}';
const B = '{"id":"b"}';

test.each([
  ['a count above its rows', `{"total":5,"events":[${B}]}`, 5],
  ['a count beside the links', `{"data":[${B}],"meta":{"page":1,"total":3}}`, 3],
  ['the next page', `{"events":[${B}],"after":["x"]}`, 0],
  [
    'a count, a page too large to be parsed at once',
    `{"total":9,"events":[${B},{"id":"c","t":"${'é'.repeat(1_100_000)}"}]}`,
    9,
  ],
])('one page of a longer list is told: %s', async (_, text, total) => {
  const { told, ids } = await cut(text, 65_536);
  expect(told).toEqual([{ code: 'file-one-page', particulars: { file: 'essai.json', rows: ids.length, total } }]);
});

test('a refusal that is nested without end is a refusal', async () => {
  const deep = `{"errors":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
  expect((await cut(deep, 65_536)).rejected).toHaveLength(1);
});

test('a whole list is not told to be a page', async () => {
  for (const text of [`{"total":1,"events":[${B}],"after":null}`, `{"events":[${B}]}`, `[${B}]`, B])
    expect((await cut(text)).told).toEqual([]);
});

describe('shapes', () => {
  test.each([
    ['one record', A, ['a']],
    ['a list', `[${A},\n ${B}]`, ['a', 'b']],
    ['a page', `{"total":2,"events":[${A},${B}],"after":null}`, ['a', 'b']],
    ['a page within', `{"ok":true,"data":{"n":[1],"events":[${A},${B}]},"x":{"y":[]}}`, ['a', 'b']],
    ['lines', `${A}\n\n${B}\n`, ['a', 'b']],
    ['a text sequence', `\u001e${A}\n\u001e${B}\n`, ['a', 'b']],
    ['values over several lines', `{\n"id":\n"a"}\n{\n"id":"b"\n}`, ['a', 'b']],
    ['an empty list', '{"events":[]}', []],
    ['with a byte order mark', `\ufeff[${A}]`, ['a']],
  ])('%s, cut at any byte', async (_, text, ids) => {
    const whole = await cut(text, 1e6);
    expect(whole).toMatchObject({ ids, rejected: [], told: [] });
    for (let size = 1; size < 12; size += 1) expect(await cut(text, size)).toEqual(whole);
    for (const one of whole.cuts) if (one.kind === 'record') expect(rowFromJson(one.raw)).toEqual(one.row);
  });

  test('UTF-16 and windows-1252', async () => {
    expect((await cut(Buffer.from(`\ufeff[${A}]`, 'utf16le'))).ids).toEqual(['a']);
    const latin = await cut(Buffer.from(`[${A}]`, 'latin1'));
    expect(latin.cuts[0]).toMatchObject({ row: { t: 'é ] } " \\ ,' } });
    expect(codes(latin.told)).toEqual(['file-encoding-guessed']);
  });
});

describe('a file that is one row', () => {
  test('is read once', async () => {
    let reads = 0;
    const file = fileOf(A, 'essai.json');
    const counted = {
      ...file,
      bytes: () => {
        reads += 1;
        return file.bytes();
      },
    };
    const cuts: LocatedCut[] = [];
    for await (const one of cutJson(counted, wanted, () => undefined)) cuts.push(one);
    expect([reads, cuts.length]).toEqual([1, 1]);
    expect(cuts[0]).toMatchObject({ kind: 'record', line: 1, id: 'a', raw: new TextEncoder().encode(A) });
  });

  test('is looked at closely where its letters are doubtful, or it is deep', async () => {
    const doubtful = await cut('{"id":"a","t":"dentelliÃ¨re"}');
    expect([doubtful.ids, codes(doubtful.told)]).toEqual([['a'], ['file-mojibake']]);
    expect(await cut(`{"id":"a","x":${'['.repeat(200)}${']'.repeat(200)}}`)).toMatchObject({
      rejected: ['json-row-too-deep'],
    });
  });
});

test.each([
  ['one row', '{"id":"a","secret":1}', 1, 0],
  ['a list', '[{"id":"a","secret":1},{"secret":2},{"id":secret}]', 1, 2],
  ['lines', '{"id":"a","secret":1}\n{"secret":2}\n{"id":secret}', 1, 2],
])('of %s only what may be kept is kept, of a rejected row nothing', async (_, content, kept, rejected) => {
  const keep = (row: Json) => {
    const { secret: _secret, ...rest } = row as { readonly [key: string]: Json };
    return { row: rest, text: JSON.stringify(rest) };
  };
  const cuts: LocatedCut[] = [];
  for await (const one of cutJson(fileOf(content, 'essai.json'), { ...wanted, keep }, () => undefined)) cuts.push(one);
  const raws = cuts.map((one) => ('raw' in one && one.raw ? Buffer.from(one.raw).toString() : undefined));
  expect(raws).toEqual([...Array(kept).fill('{"id":"a"}'), ...Array(rejected).fill(undefined)]);
  expect(cuts[0]).toMatchObject({ row: { id: 'a' } });
});

describe('faults', () => {
  test.each([
    ['a broken row of a list', `[${A},{"id":},${B}]`, ['a', 'b'], ['json-row-broken']],
    ['a broken line', `${A}\n{"id":"x"\n${B}`, ['a', 'b'], ['json-row-broken']],
    ['a broken first line', `{"id":"x",\n${A}\n${B}`, ['a', 'b'], ['json-row-broken']],
    ['no identifier', `[{"x":1},${B},3]`, ['b'], ['json-id-missing', 'json-id-missing']],
    ['cut off in a row', `[${A},{"id":"b`, ['a'], ['json-cut-off']],
    ['cut off between rows', `{"events":[${A}`, [], ['json-cut-off']],
    ['cut off behind the list', `{"events":[${A}]`, ['a'], ['json-cut-off']],
    ['two pages in one file', `{"events":[${A}]}{"events":[${B}]}`, ['a'], ['json-more-after']],
    ['the partner refuses', '{"errors":[{"message":"bad key"}]}', [], ['json-partner-error']],
    ['another thing', '{"x":1}', [], ['json-no-list']],
    ['a web page', '<!doctype html><p>non</p>', [], ['file-web-page']],
    ['no JSON', 'id;nom', [], ['json-not-json']],
    ['a bomb of brackets', `[${'['.repeat(300)}${']'.repeat(300)},${B}]`, ['b'], ['json-row-too-deep']],
    ['a bomb in a line', `${B}\n{"id":1,"x":${'['.repeat(300)}${']'.repeat(300)}}`, ['b'], ['json-row-too-deep']],
  ])('%s', async (_, text, ids, rejected) => {
    expect(await cut(text, 64)).toMatchObject({ ids, rejected });
  });

  test('a row that is too large is passed over', async () => {
    const huge = `{"id":"h","t":"${'x'.repeat(17_000_000)}"}`;
    expect(await cut(`[${huge},${B}]`, 1 << 20)).toMatchObject({ ids: ['b'], rejected: ['json-row-too-large'] });
  });
});
