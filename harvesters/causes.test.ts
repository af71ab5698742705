import { describe, expect, test } from 'vitest';
import { finding, words } from '#graph-schema/findings/finding.ts';
import { gathered, judgeSource, type RunFacts, type SourceFacts } from './causes.ts';

const now = new Date('2024-05-02T00:00:00Z');
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
const run = (outcome: RunFacts['outcome'], reason?: string, particulars?: object): RunFacts => ({
  outcome,
  reason,
  particulars: particulars && JSON.stringify(particulars),
  endedAt: hoursAgo(1),
});

/** Fresh, and nothing wrong. */
const FRESH: SourceFacts = {
  source: 'essai',
  promise: 'daily',
  intervalSeconds: 86_400,
  firstRun: hoursAgo(1_000),
  lastComplete: hoursAgo(1),
  trial: false,
  hasFile: true,
  runs: [run('complete')],
  lastCounts: { seen: 100, rejected: 0, live: 100 },
  highestLive: 100,
  withdrawn: undefined,
  held: [],
  agreement: undefined,
};
const judge = (facts: Partial<SourceFacts>) => {
  const { state, causes } = judgeSource({ ...FRESH, ...facts }, now);
  return [state, ...causes.map(({ finding }) => finding.code)];
};

test('a source that keeps its promise gives no cause', () => {
  expect(judge({})).toEqual(['fresh']);
});

describe('freshness', () => {
  test('late, and never complete', () => {
    expect(judge({ lastComplete: hoursAgo(30) })).toEqual(['fresh']);
    expect(judge({ lastComplete: hoursAgo(30.01) })).toEqual(['late', 'source-late']);
    expect(judge({ lastComplete: undefined, firstRun: hoursAgo(24) })).toEqual(['never']);
    expect(judge({ lastComplete: undefined, firstRun: hoursAgo(24.01) })).toEqual(['never', 'source-never-complete']);
    expect(judge({ lastComplete: undefined, firstRun: undefined, runs: [] })).toEqual(['never']);
  });

  test('is told with the date of France and the promise, in both languages', () => {
    const [late] = judgeSource({ ...FRESH, lastComplete: hoursAgo(48) }, now).causes;
    expect(words(late!.finding, 'fr').text).toBe(
      '« essai » n’a pas eu de moisson complète depuis le 2024-04-30 02:00 (promesse : chaque jour).',
    );
    expect(words(late!.finding, 'en').text).toContain('since 2024-04-30 02:00 (promise: daily)');
  });
});

describe('runs in a row', () => {
  const failed = run('failed', 'run-empty');
  const partial = run('partial', 'run-cut-short');

  test('one that is not complete is an accident, two are told', () => {
    expect(judge({ runs: [failed, run('complete'), failed, failed] })).toEqual(['fresh']);
    expect(judge({ runs: [failed, failed, run('complete')] })).toEqual(['failing', 'source-failing']);
    expect(judge({ runs: [partial, partial] })).toEqual(['partial', 'source-partial']);
    expect(judge({ runs: [partial, failed, failed] })).toEqual(['partial', 'source-partial']);
    expect(judge({ runs: [failed, failed, partial] })).toEqual(['failing', 'source-failing']);
  });

  test('what the partner or a steward asked for says nothing about the source', () => {
    const asked = run('failed', 'run-not-before');
    const stopped = run('partial', 'run-stopped');
    expect(judge({ runs: [asked, failed, stopped, run('complete')] })).toEqual(['fresh']);
    expect(judge({ runs: [asked, failed, stopped, failed] })).toEqual(['failing', 'source-failing']);
  });

  test('are told with the latest reason, of whose particulars only the figures leave the house', () => {
    const told = { source: 'essai', id: 'FR-secret', path: 'name', message: 'secret' };
    const runs = [run('failed', 'record-invalid', told), run('failed', 'run-all-rejected', { rejected: 3 })];
    const [cause] = judgeSource({ ...FRESH, runs }, now).causes;
    expect(cause!.finding.particulars).toMatchObject({
      count: 2,
      reasonFr: 'La notice « … » ne peut pas être reprise : … – ….',
    });
    expect(JSON.stringify(cause)).not.toContain('secret');
  });

  test('a reason that this version does not know is told by its code', () => {
    const runs = [run('partial', 'of-another-version'), run('partial')];
    expect(judgeSource({ ...FRESH, runs }, now).causes[0]!.finding.particulars).toMatchObject({
      reasonEn: 'of-another-version.',
    });
  });
});

describe('records', () => {
  const live = (count: number, highestLive: number) =>
    judge({ lastCounts: { seen: 100, rejected: 0, live: count }, highestLive });

  test('shrinking is a tenth, and at least five', () => {
    expect(live(91, 100)).toEqual(['fresh']);
    expect(live(90, 100)).toEqual(['shrinking', 'source-shrinking']);
    expect(live(16, 20)).toEqual(['fresh']);
    expect(live(15, 20)).toEqual(['shrinking', 'source-shrinking']);
    expect(live(95, 100)).toEqual(['fresh']);
    expect(judge({ lastCounts: { seen: 1, rejected: 0, live: undefined }, highestLive: 100 })).toEqual(['fresh']);
  });

  test('over a tenth rejected, and at least five, are told', () => {
    const rejected = (count: number, seen: number) => judge({ lastCounts: { seen, rejected: count, live: 100 } });
    expect(rejected(10, 100)).toEqual(['fresh']);
    expect(rejected(11, 100)).toEqual(['fresh', 'source-rejects']);
    expect(rejected(4, 4)).toEqual(['fresh']);
    expect(rejected(5, 6)).toEqual(['fresh', 'source-rejects']);
  });

  test('what was hidden at once, and every batch that waits, is told', () => {
    const batch = { count: 40, limit: 5, openedAt: hoursAgo(3) };
    const held = [
      { id: 'b1', kind: 'deletions' as const, ...batch },
      { id: 'b2', kind: 'updates' as const, ...batch },
    ];
    expect(judge({ withdrawn: 60, held })).toEqual([
      'fresh',
      'source-withdrawn',
      'deletions-waiting',
      'updates-waiting',
    ]);
    expect(judgeSource({ ...FRESH, held }, now).causes.map(({ about }) => about)).toEqual(['b1', 'b2']);
  });
});

describe('a source', () => {
  test('on trial promises nothing, but its harvests are told', () => {
    const late = { trial: true, lastComplete: undefined, highestLive: 1_000, withdrawn: 60 };
    expect(judge(late)).toEqual(['trial']);
    expect(judge({ ...late, runs: [run('failed'), run('failed')] })).toEqual(['failing', 'source-failing']);
  });

  test('whose file is gone is told as that, and as nothing else', () => {
    expect(judge({ hasFile: false, lastComplete: hoursAgo(900), runs: [run('failed'), run('failed')] })).toEqual([
      'gone',
      'source-gone',
    ]);
  });

  test('is in the worst of its states', () => {
    const bad = { lastComplete: hoursAgo(900), runs: [run('failed'), run('failed')] };
    expect(judge(bad)).toEqual(['failing', 'source-failing', 'source-late']);
  });
});

test('many sources without a file are told as one', () => {
  const gone = (count: number) =>
    Array.from({ length: count }, (_, at) => ({
      source: `s${at}`,
      finding: finding('source-gone', { source: `s${at}` }),
    }));
  expect(gathered(gone(5))).toHaveLength(5);
  const late = { source: 'x', finding: finding('source-late', { source: 'x' }) };
  expect(gathered([...gone(81), late])).toEqual([
    late,
    { source: '*', finding: finding('sources-gone', { count: 81, names: 's0, s1, s2' }) },
  ]);
});
