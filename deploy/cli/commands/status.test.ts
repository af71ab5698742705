import { expect, test } from 'vitest';
import { finding } from '#graph-schema/findings/finding.ts';
import type { FreshnessRow } from '#harvesters/freshness.ts';
import { alertsText } from './alerts.ts';
import { isToBeSeen, statusText } from './status.ts';

const fresh: FreshnessRow = {
  source: 'essai',
  promise: 'daily',
  state: 'fresh',
  since: undefined,
  lastComplete: new Date('2024-05-02T01:00:00Z'),
  ageSeconds: 3_600,
  records: 1_234,
  next: new Date('2024-05-03T01:00:00Z'),
  causes: [],
  reason: undefined,
};
const late = finding('source-late', {
  source: 'tardive',
  since: '2024-04-30 02:00',
  promiseFr: 'chaque jour',
  promiseEn: 'daily',
});

test('the status has a line a source, then what is the matter and what to do', () => {
  const reason = finding('run-cut-short', { source: 'tardive' });
  const text = statusText([
    {
      ...fresh,
      source: 'tardive',
      state: 'late',
      lastComplete: undefined,
      causes: [{ source: 'tardive', finding: late }],
      reason,
    },
    fresh,
  ]);
  const [, , first, second, , why, ...rest] = text.split('\n');
  expect(first).toMatch(/^tardive +chaque jour +aucune .*en retard/);
  expect(second).toMatch(/^essai +chaque jour +2024-05-02 03:00 +1\s234 +à jour +2024-05-03 03:00$/);
  expect(why).toContain('« tardive » n’a pas eu de moisson complète depuis le 2024-04-30 02:00');
  expect(rest.join('\n')).toContain(
    'tardive, dernière moisson / latest harvest : La lecture de « tardive » s’est arrêtée',
  );
  expect(statusText([fresh])).toContain('Rien à voir');
  expect(statusText([{ ...fresh, state: 'never', lastComplete: undefined }])).toMatch(/never harvested : essai\n/);
});

test('a source is to be seen where its state or a cause says so', () => {
  expect(isToBeSeen(fresh)).toBe(false);
  expect(isToBeSeen({ ...fresh, state: 'trial' })).toBe(false);
  expect(isToBeSeen({ ...fresh, state: 'never' })).toBe(true);
  expect(isToBeSeen({ ...fresh, causes: [{ source: 'essai', finding: late }] })).toBe(true);
  const gone = finding('source-gone', { source: 'essai' });
  expect(isToBeSeen({ ...fresh, state: 'gone', causes: [{ source: 'essai', finding: gone }] })).toBe(false);
});

test('alerts say since when, where they were told, and what to do', () => {
  const alert = {
    id: 'tardive/source-late',
    source: 'tardive',
    state: 'open',
    finding: late,
    openedAt: '2024-05-02T00:00:00Z',
    lastSeenAt: '2024-05-02T00:00:00Z',
    closedAt: null,
    times: 1,
    told: ['webhook', 'mail'],
  } as const;
  expect(alertsText([alert])).toMatch(/^2024-05-02 02:00 \(dite par mail et webhook\)\n« tardive » .*\n {2}→ Voyez/);
  expect(alertsText([{ ...alert, told: [], state: 'closed', closedAt: '2024-05-03T00:00:00Z' }])).toMatch(
    /^2024-05-02 02:00, réglée le 2024-05-03 02:00 \(dite nulle part\)/,
  );
  expect(alertsText([])).toBe('Aucune alerte / no alert.');
});
