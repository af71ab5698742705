/** Real events, where they lie beside the project: each comes through, and every field of it is either mapped or known to be left out. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseRecord } from '#graph-schema/record.ts';
import { cutAll, fileOf } from '../reading/testing.ts';
import { openAgenda } from './openagenda.ts';

const SAMPLES = resolve(import.meta.dirname, '../../../../shared/samples/openagenda');
const MAPPED =
  'uid title description longDescription keywords age links timings firstTiming nextTiming lastTiming status state draft private attendanceMode location conditions accessibility registration onlineAccessLink image imageCredits updatedAt';
/** The agenda's housekeeping, who wrote it (persons), words made from the dates, and fields that each agenda names for itself, as numbers. */
const LEFT_OUT =
  'member creatorUid ownerUid createdAt addMethod featured slug timezone dateRange country categories originAgenda sourceAgendas sourcePaths agendaUid locationUid aggregated canEdit fileKey references section stand motive extIds recurring intermunicipal_interest image-droits';
const OWN_FIELDS = /^(types-de-|detail-des-|categories-)/;
const known = new Set(`${MAPPED} ${LEFT_OUT}`.split(' '));

describe.skipIf(!existsSync(SAMPLES))('real events', () => {
  test.each([
    ['pdf-exports_agenda_test_fixtures_albi_events.json', 75],
    ['sdk-js_test_fixtures_events.json', 1],
    ['pdf-exports_event_test_fixtures_suzanne.event.json', 1],
  ])('%s: %i events', async (name, count) => {
    const file = fileOf(readFileSync(resolve(SAMPLES, name)), name, undefined, 65_536);
    const { cuts } = await cutAll(openAgenda, file);
    expect(cuts).toHaveLength(count);
    for (const cut of cuts) {
      if (cut.kind !== 'record') throw new Error(cut.finding.code);
      const unknown = Object.keys(cut.row as object).filter((key) => !known.has(key) && !OWN_FIELDS.test(key));
      expect(unknown).toEqual([]);
      const source = { name: 's', title: 'S', licence: '' };
      const mapped = openAgenda.map(cut.row, { id: cut.id, source, options: undefined });
      if ('rejected' in mapped) throw new Error(mapped.rejected.code);
      expect(mapped.notes ?? []).toEqual([]);
      expect(parseRecord({ ...mapped.record, visibility: 'public' })).toHaveProperty('record.fields.begin');
      expect(JSON.stringify(mapped)).not.toMatch(/contact@|Mairie-albi|Berthommier|00 00 00 00/);
    }
  });

  test.each(['pdf-exports_agenda_test_fixtures_mel.agenda.json', 'sdk-js_test_fixtures_locations.json'])(
    '%s holds no event, and nothing of it becomes one',
    async (name) => {
      const { cuts } = await cutAll(openAgenda, fileOf(readFileSync(resolve(SAMPLES, name)), name, undefined, 65_536));
      expect(cuts.length).toBeGreaterThan(0);
      const source = { name: 's', title: 'S', licence: '' };
      for (const cut of cuts)
        if (cut.kind === 'record')
          expect(openAgenda.map(cut.row, { id: cut.id, source, options: undefined })).toHaveProperty('rejected');
    },
  );
});
