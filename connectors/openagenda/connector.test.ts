import { describe, expect, test } from 'vitest';
import { all, describeConnector, idsOf } from '#connectors/conformance.ts';
import { parseRecord } from '#graph-schema/record.ts';
import { openAgenda as format } from '../formats/openagenda/openagenda.ts';
import { AGENDAS } from '../partners/openagenda/events.ts';
import { openAgenda } from './connector.ts';
import { context, harvest, optionsOf, serve, shown } from './testing.ts';

const JEP = byNumber(shown(9001));

describeConnector('openagenda', {
  connector: openAgenda,
  identifiers: JEP,
  async start() {
    const site = await serve();
    return {
      options: optionsOf(site),
      breakOff() {
        site.broken = true;
      },
      asked: () => site.asked.length,
      stop: () => site.stop(),
    };
  },
  nonsense: [
    { options: { key: 'k' }, path: 'agendas' },
    { options: { agendas: [1] }, path: 'key' },
    { options: { agendas: [1, 1], key: 'k' }, path: 'agendas' },
    { options: { agendas: ['jep'], key: 'k' }, path: 'agendas.0' },
    { options: { agendas: [1], key: 'k', size: 301 }, path: 'size' },
    { options: { agendas: [1], key: 'k', filters: { size: '1' } }, path: 'filters' },
    { options: { agendas: [1], key: 'k', filters: { 'updatedAt[gte]': '2024-01-01' } }, path: 'filters' },
    { options: { agendas: [1], key: 'k', url: 'openagenda' }, path: 'url' },
  ],
});

describe('openagenda', () => {
  test('an event that stands in several agendas is read once, without a word, and is one Event', async () => {
    const { messages, told, fault } = await harvest([], { agendas: AGENDAS });
    expect(fault).toBeUndefined();
    const named = AGENDAS.flatMap(shown);
    const expected = new Set(named);
    expect(expected.size).toBeLessThan(named.length);
    expect(byNumber(idsOf(messages))).toEqual(byNumber([...expected]));
    expect(messages.filter(({ kind }) => kind === 'rejected')).toEqual([]);
    expect(told).toEqual([]);
    expect(messages.at(-1)).toEqual({ kind: 'end', coverage: 'snapshot' });
  });

  test.each(AGENDAS)(
    'agenda %i: each event says what it is, and where no date is known, that it is made up',
    async (agenda) => {
      const { messages } = await harvest([], { agendas: [agenda] });
      for (const { record } of mapped(messages)) {
        const { name, description, begin } = record.fields as { name: string; description: string; begin: string };
        expect(`${name} ${description}`).toContain('démonstration');
        expect(/^2030/.test(begin)).toBe(description.includes('Sa date aussi est inventée'));
        expect(record.relations['place']).toHaveLength(1);
        expect(JSON.stringify(record)).not.toContain('@');
      }
    },
  );

  test('goes on from any checkpoint in any agenda', async () => {
    const site = await serve();
    const { context: used } = context();
    const options = optionsOf(site, { agendas: [9001, 9002, 9003] });
    const { messages } = await all(openAgenda.read(options, used));
    for (const [index, message] of messages.slice(0, -2).entries()) {
      if (message.kind !== 'checkpoint') continue;
      const rest = await all(openAgenda.read(options, used, message.cursor));
      expect(rest.fault).toBeUndefined();
      expect(idsOf(rest.messages)).toEqual(expect.arrayContaining(idsOf(messages.slice(index))));
    }
  });

  test('does not go on from a checkpoint of other agendas, which would leave out one that was put before', async () => {
    const site = await serve();
    const { context: used } = context();
    const { messages } = await all(openAgenda.read(optionsOf(site, { agendas: [9001, 9002] }), used));
    const cursors = messages.flatMap((message) => (message.kind === 'checkpoint' ? [message.cursor] : []));
    const other = optionsOf(site, { agendas: [9003, 9001, 9002] });
    const rest = await all(
      openAgenda.read(
        other,
        used,
        cursors.findLast(({ at }) => at !== undefined),
      ),
    );
    expect(idsOf(rest.messages)).toEqual(expect.arrayContaining([...shown(9003)]));
  });

  test.each([
    ['empty-page', 'api-page-empty', 'transient'],
    ['errors', 'api-refused', 'config'],
    ['type-changed', 'api-answer-unexpected', 'transient'],
    ['total-too-high', 'api-page-empty', 'transient'],
    ['total-too-high ends-at-once', 'api-count-short', 'transient'],
    ['page-one-for-ever', 'api-loop', 'transient'],
    ['web-page', 'api-not-json', 'transient'],
    ['nothing', 'api-nothing', 'config'],
  ] as const)('%s: %s, and no end', async (names, code, kind) => {
    const { messages, fault } = await harvest(names.split(' ') as never);
    expect(fault).toMatchObject({ kind, finding: { code } });
    expect(messages.some((message) => message.kind === 'end')).toBe(false);
  });

  test('of several agendas, the first that gives less than it announces stops the run', async () => {
    const { messages, fault } = await harvest(['total-too-high'], { agendas: [9001, 9002] });
    expect(fault).toMatchObject({ finding: { code: 'api-page-empty' } });
    expect(idsOf(messages)).toEqual(JEP);
  });

  test.each(['empty-page-once', 'too-many-requests', 'ends-at-once'] as const)(
    '%s: whole all the same',
    async (name) => {
      const { messages } = await harvest([name]);
      expect(idsOf(messages)).toEqual(JEP);
      expect(messages.at(-1)).toMatchObject({ kind: 'end', expected: JEP.length });
    },
  );

  test('a list that names events twice is read once more', async () => {
    const { messages } = await harvest(['repeated']);
    expect(messages.filter(({ kind }) => kind === 'record')).toHaveLength(JEP.length);
    expect(messages.some((message) => message.kind === 'rejected' && message.repeats !== undefined)).toBe(true);
    expect(messages.at(-1)?.kind).toBe('end');
  });

  test('fields that change their type overnight: told or set aside, the neighbours stand', async () => {
    const { messages, fault } = await harvest(['field-type-changed'], { size: 300 });
    expect(fault).toBeUndefined();
    expect(messages.filter(({ kind }) => kind === 'rejected')).toMatchObject([
      { finding: { code: 'api-row-nameless' } },
    ]);
    const all = mapped(messages);
    expect(all).toHaveLength(JEP.length - 1);
    expect(all.map(({ notes }) => notes)).toEqual([[], ['format-value-unread'], ...all.slice(2).map(() => [])]);
    expect(messages.at(-1)).toMatchObject({ kind: 'end', expected: JEP.length });
  });

  test('an event that is nested beyond measure is set aside, the neighbours stand', async () => {
    const { messages } = await harvest(['nested'], { size: 300 });
    expect(messages.filter(({ kind }) => kind === 'rejected')).toMatchObject([
      { id: JEP[0], finding: { code: 'api-row-too-deep' } },
    ]);
    expect(idsOf(messages)).toEqual(JEP);
  });

  test('the key goes in a header, and is shown nowhere', async () => {
    const { fault, site } = await harvest([], { key: 'secret-de-test' });
    expect(fault).toMatchObject({ kind: 'config', finding: { code: 'api-key-refused' } });
    expect(JSON.stringify([fault, site.asked])).not.toContain('secret-de-test');
  });

  test('one event by its number', async () => {
    const site = await serve();
    const { context: used } = context();
    const one = (id: string) => openAgenda.one?.(optionsOf(site, { agendas: [9002, 9001] }), used, id);
    expect(await one('101')).toMatchObject({ kind: 'record', id: '101' });
    expect(await one('103')).toEqual({ kind: 'deleted', id: '103' });
    expect(await one('cent')).toEqual({ kind: 'deleted', id: 'cent' });
  });
});

function byNumber(ids: readonly string[]): readonly string[] {
  return ids.toSorted((a, b) => Number(a) - Number(b));
}

/** The records of a reading, as the format gives them. */
function mapped(messages: Awaited<ReturnType<typeof harvest>>['messages']) {
  const source = { name: 'essai', title: 'Essai', licence: '' };
  return messages.flatMap((message) => {
    if (message.kind !== 'record') return [];
    const { id, row } = message;
    const mapping = format.map(row, { id, source, options: undefined });
    if ('rejected' in mapping) throw new Error(mapping.rejected.code);
    const parsed = parseRecord({ ...mapping.record, visibility: 'public' });
    if ('issues' in parsed) throw new Error(JSON.stringify(parsed.issues));
    expect(parsed.record.identifiers).toEqual([{ scheme: 'openagenda', value: id }]);
    return [{ record: parsed.record, notes: (mapping.notes ?? []).map(({ code }) => code) }];
  });
}
