/** The agendas' stand-in, harvested by the connector and the format as a source would: what it gives, and what becomes of its faults. */
import { expect, test } from 'vitest';
import type { Finding } from '#graph-schema/findings/finding.ts';
import type { Interval } from '#graph-schema/property.ts';
import { type AnyRecord, parseRecord } from '#graph-schema/record.ts';
import { all, contextForTests } from '../../conformance.ts';
import type { SourceError } from '../../connector.ts';
import { createFilesConnector } from '../../files/connector.ts';
import { filesOptions } from '../../files/options.ts';
import { icalendar } from '../../formats/icalendar/icalendar.ts';
import { serveLoopback } from '../../http/loopback.ts';
import { send } from '../answer.ts';
import { AGENDAS } from './events.ts';
import { agendasStand, type Fault } from './stand.ts';

async function harvest(name: string, faults: readonly Fault[] = []) {
  const answer = agendasStand(() => '', { faults: new Set(faults) });
  const server = await serveLoopback((request, response) => {
    const given = answer(new URL(request.url ?? '/', 'http://localhost'));
    if (given) send(request, response, given);
    else response.writeHead(500).end();
  });
  const { context, told, close } = contextForTests();
  try {
    const options = icalendar.options?.safeParse({});
    if (!options?.success) throw new Error('options');
    const connector = createFilesConnector(icalendar as never, options.data);
    const where = filesOptions.parse({ url: `${server.origin}/agendas/${name}.ics` });
    const { messages, fault } = await all(connector.read(where, context));
    const records = new Map<string, AnyRecord>();
    const rejected: Finding[] = [];
    const notes: Finding[] = [...told];
    for (const message of messages) {
      if (message.kind === 'rejected') rejected.push(message.finding);
      if (message.kind !== 'record') continue;
      const source = { name: 'essai', title: 'Essai', licence: '' };
      const mapped = icalendar.map(message.row, { id: message.id, source, options: options.data });
      if ('rejected' in mapped) {
        rejected.push(mapped.rejected);
        continue;
      }
      notes.push(...(mapped.notes ?? []));
      const parsed = parseRecord({ ...mapped.record, visibility: 'public' });
      if ('issues' in parsed) throw new Error(JSON.stringify(parsed.issues));
      records.set(message.id.split('@')[0] ?? '', parsed.record);
    }
    const end = messages.find((message) => message.kind === 'end');
    const codes = (found: readonly Finding[]) => [...new Set(found.map(({ code }) => code))];
    return {
      records,
      rejected: codes(rejected),
      notes: codes(notes),
      end,
      fault: (fault as SourceError | undefined)?.finding.code,
    };
  } finally {
    await close();
    await server.stop();
  }
}

test.each(Object.keys(AGENDAS))('%s: every event is a record that says what it is, or is private', async (name) => {
  const { records, rejected, notes, end, fault } = await harvest(name);
  const [uids] = [new Set(AGENDAS[name as 'membre']().events.map(([uid]) => uid))];
  expect(records.size).toBe(uids.size - (name === 'membre' ? 1 : 0));
  expect(rejected).toEqual(name === 'membre' ? ['event-private'] : []);
  expect(notes).toEqual([]);
  expect(fault).toBeUndefined();
  expect(end).toMatchObject({ coverage: 'snapshot' });
  for (const { fields, relations } of records.values()) {
    expect(`${fields['name']} ${fields['description']}`).toContain('démonstration');
    expect(relations['place']).toHaveLength(1);
    // A date that the report does not give says of itself that it is none.
    expect(String(fields['begin']).startsWith('2030')).toBe(String(fields['description']).includes('Sa date aussi'));
    expect(String(fields['begin']).startsWith('2030')).toBe(name !== 'membre');
  }
});

test('a member’s openings: by the clock of Paris, one moved, one cancelled, one left out', async () => {
  const { records } = await harvest('membre');
  const opening = records.get('membre-ouverture')?.fields['occurrences'] as readonly Interval[];
  expect(opening.map(({ begin }) => begin.slice(0, 10))).toEqual([
    '2024-01-07',
    '2024-02-04',
    '2024-03-03',
    '2024-04-14',
    '2024-05-05',
    '2024-07-07',
    '2024-09-01',
    '2024-10-06',
    '2024-11-03',
    '2024-12-01',
  ]);
  expect(new Set(opening.map(({ begin }) => begin.slice(11)))).toEqual(new Set(['14:00:00+01:00', '14:00:00+02:00']));
  expect(records.get('membre-patrimoine')?.fields).toMatchObject({ begin: '2024-09-21', end: '2024-09-22' });
  expect(records.get('membre-annule')?.fields['status']).toBe('cancelled');
  expect(JSON.stringify([...records.values()])).not.toContain('accueil@');
});

test.each([
  ['web-page', 0, 'file-web-page'],
  ['emptied', 0, 'file-no-rows'],
  ['cut-off', 19, 'calendar-cut-off'],
] as const)('%s: what was read is kept, and the run does not end as complete', async (fault, count, code) => {
  const found = await harvest('fete-de-la-science', [fault]);
  expect(found.records.size).toBe(count);
  expect(found.end).toBeUndefined();
  expect(found.fault).toBe(code);
});

test.each([
  ['no-uid', 40, ['calendar-uid-missing']],
  ['unfolded', 40, ['calendar-lines-mended']],
  ['bare-line-feeds', 40, []],
  ['latin-1', 40, ['file-encoding-guessed']],
  ['ends-before-start', 40, ['event-ends-before-start']],
  ['unknown-zone', 40, ['event-zone-unknown']],
  ['ten-thousand', 41, ['event-recurrence-cut']],
  ['every-second', 41, ['event-recurrence-cut']],
] as const)('%s: mended and told, nothing is lost', async (fault, count, notes) => {
  const found = await harvest('fete-de-la-science', [fault]);
  expect(found.records.size).toBe(count);
  expect(found.notes).toEqual(notes);
  expect(found.rejected).toEqual([]);
  expect(found.end).toBeDefined();
});
