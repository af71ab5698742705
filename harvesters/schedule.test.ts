import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startSchedule } from './schedule.ts';
import { sourceFileSchema } from './source-file.ts';
import type { Source } from './sources.ts';

/** Only what the schedule reads of a source. node-cron takes seconds as a sixth field, which a source file may not. */
function due(name: string): Source {
  const about = sourceFileSchema.parse({
    name,
    title: name,
    licence: 'CC0 1.0',
    contact: 'https://example.org/',
    protocol: 'files',
    options: {},
  });
  return { name, about: { ...about, schedule: '* * * * * *' } } as Source;
}

test('sources that fall due together are harvested one after another, and a stop waits for the one under way', async () => {
  const begun: string[] = [];
  let running = 0;
  let most = 0;
  const schedule = startSchedule([due('a'), due('b')], async ({ name }) => {
    begun.push(name);
    running += 1;
    most = Math.max(most, running);
    await wait(300);
    running -= 1;
  });
  await wait(2_600);
  await schedule.stop();
  expect(new Set(begun)).toEqual(new Set(['a', 'b']));
  expect(most).toBe(1);
  expect(running).toBe(0);
  const before = begun.length;
  await wait(1_200);
  expect(begun.length).toBe(before);
});
