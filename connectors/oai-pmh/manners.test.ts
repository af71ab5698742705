/** How repositories differ where the specification leaves it open, or is not heeded. */
import { describe, expect, it } from 'vitest';
import type { Fault, FaultKind } from '#connectors/partners/oai-provider/faults.ts';
import { COUNT, check, harvest, one, repositoryWith } from './harvest-for-tests.ts';
import { recordAt, type TestRepository } from './repository-for-tests.ts';
import { requestUrl } from './request.ts';

describe('a 500', () => {
  it('with a valid answer in it is an answer', async () => {
    const repository = await repositoryWith();
    const { end, told, ids } = await harvest(await statused(repository, 500));
    expect([end?.coverage, told, ids.length]).toEqual(['snapshot', [], COUNT]);
  });
});

/** Gives every answer with a status of its own. */
async function statused(repository: TestRepository, status: number): Promise<TestRepository> {
  repository.instead = (_, response) => {
    const { writeHead } = response;
    response.writeHead = ((_status: number, headers: Record<string, string>) =>
      writeHead.call(response, status, headers)) as typeof writeHead;
    return false;
  };
  return repository;
}

describe('the clock of a repository', () => {
  const OURS = () => new Date('2024-06-01T12:00:20Z');
  it.each<[FaultKind | 'right', string, readonly string[]]>([
    ['right', '2024-06-01T11:55:00Z', []],
    ['response-date-a-day-ahead', '2024-06-01T11:55:20Z', ['oai-clock-ahead']],
    ['response-date-a-day-behind', '2024-05-31T11:55:00Z', []],
    ['response-date-local', '2024-06-01T11:55:20Z', ['oai-clock-ahead']],
    ['response-date-in-words', '2024-06-01T11:55:20Z', ['oai-no-response-date']],
    ['no-response-date', '2024-06-01T11:55:20Z', ['oai-no-response-date']],
  ])('%s: the next list begins at %s', async (kind, from, told) => {
    const faults: Fault[] = kind === 'right' ? [] : [{ kind, at: 1, times: 9 }];
    const result = await harvest(await repositoryWith(faults), {}, undefined, OURS);
    expect([result.cursor?.from, result.told]).toEqual([from, told]);
  });
});

describe('Identify', () => {
  it.each<FaultKind>(['html', 'server-error', 'empty', 'missing-end', 'not-found', 'bad-verb', 'truncated-xml'])(
    '%s: the lists are read by days, and that is told',
    async (kind) => {
      const repository = await repositoryWith([{ kind, at: 1, times: 99, verb: 'Identify' }]);
      const { end, told, ids, cursor } = await harvest(repository);
      expect([end?.coverage, told, ids.length]).toEqual(['snapshot', ['oai-identify-unreadable'], COUNT]);
      expect(cursor?.from).toBe('2024-05-31');
      expect((await check(repository)).map(({ code }) => code)).toContain('oai-identify-unreadable');
    },
  );

  it('of version 1.1 is told', async () => {
    const repository = await repositoryWith([{ kind: 'identify-version-1', at: 1, times: 9, verb: 'Identify' }]);
    const { fault } = await harvest(repository);
    expect([fault?.kind, fault?.finding.code]).toEqual(['config', 'oai-version']);
  });
});

describe('a token', () => {
  it.each(['a+b/c==&d|e f%41', 'a\nb', 'é"\'<>', '~'.repeat(5000)])('%j goes back as it came', async (sign) => {
    const repository = await repositoryWith();
    const escaped = sign.replace(/&/g, '&amp;').replace(/</g, '&lt;');
    let given = '';
    repository.instead = (query, response) => {
      if (query.get('verb') !== 'ListRecords') return false;
      given = query.get('resumptionToken') ?? '';
      const token = given === '' ? `<resumptionToken>${escaped}</resumptionToken>` : '<resumptionToken/>';
      response.end(
        `<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2024-06-01T12:00:00Z</responseDate><ListRecords>${recordXml(given === '' ? 'a' : 'b')}${token}</ListRecords></OAI-PMH>`,
      );
      return true;
    };
    const { ids, end } = await harvest(repository);
    expect([given, ids, end?.coverage]).toEqual([sign, ['a', 'b'], 'snapshot']);
  });

  it('that was past its date when it was given is tried all the same, also by a later run', async () => {
    const repository = await repositoryWith([
      { kind: 'token-in-the-past', at: 1, times: 99 },
      { kind: 'busy-for-a-day', at: 3 },
    ]);
    const first = await harvest(repository);
    const rest = await harvest(repository, {}, first.cursor);
    expect([first.fault?.finding.code, rest.told, rest.ids.length]).toEqual(['http-busy', [], 15]);
  });
});

const recordXml = (id: string) =>
  `<record><header><identifier>${id}</identifier><datestamp>2024-03-01</datestamp></header><metadata><d xmlns="urn:d"/></metadata></record>`;

describe('an identifier', () => {
  it.each(['OAI:Musée:A 1973.2.1 / b&c', `oai:${'x'.repeat(2000)}`, 'http://example.org/a?b=c#d', '12'])(
    '%#: is kept as it is, and asked for as it is',
    async (identifier) => {
      const repository = await repositoryWith([{ kind: 'skips-a-record', at: 1 }]);
      repository.records = [
        { ...recordAt(0, '2024-01-02T00:00:00Z'), identifier },
        ...Array.from({ length: 20 }, (_, n) => recordAt(n + 1)),
      ];
      const { ids, end } = await harvest(repository);
      expect([end?.coverage, ids.includes(identifier), ids.length]).toEqual(['snapshot', true, 21]);
    },
  );
});

describe('the address', () => {
  it('may have a query of its own', () => {
    const url = requestUrl('https://musee.example/oai.php?db=1&x=é#top', 'ListRecords', {
      resumptionToken: 'a+b&c',
      set: undefined,
    });
    expect(url).toBe('https://musee.example/oai.php?db=1&x=%C3%A9&verb=ListRecords&resumptionToken=a%2Bb%26c');
  });

  it('that redirects and drops the question is told as one to correct', async () => {
    const repository = await repositoryWith();
    repository.instead = (query, response) => {
      if (!query.has('verb')) return false;
      response.writeHead(302, { location: '/oai' }).end();
      return true;
    };
    const { fault } = await harvest(repository);
    expect([fault?.kind, fault?.finding]).toMatchObject([
      'config',
      { code: 'oai-error', particulars: { code: 'badVerb' } },
    ]);
  });

  it('that has moved is followed, and told', async () => {
    const repository = await repositoryWith();
    repository.instead = (query, response) => {
      if (query.has('new')) return false;
      response.writeHead(301, { location: `/oai?new=1&${query}` }).end();
      return true;
    };
    // The provider is strict: what it does not know it refuses.
    expect((await harvest(repository)).told).toContain('http-redirected');
  });
});

describe('the format', () => {
  const DC = 'http://www.openarchives.org/OAI/2.0/oai_dc/';
  const formats = [
    { prefix: 'lido', schema: 'x', namespace: 'http://www.lido-schema.org' },
    { prefix: 'dublin', schema: 'x', namespace: DC },
  ];
  const renamed = async () => {
    const repository = await repositoryWith([], { formats });
    repository.records = repository.records.map((record) => ({
      ...record,
      metadata: (prefix) => (prefix === 'dublin' ? record.metadata('oai_dc') : undefined),
    }));
    return repository;
  };

  it('that no source names is Dublin Core, by whatever name', async () => {
    const repository = await renamed();
    const { ids, end, cursor } = await harvest(repository);
    expect([ids.length, end?.coverage]).toEqual([COUNT, 'snapshot']);
    expect((await harvest(repository, {}, cursor)).end?.coverage).toBe('changes');
    expect(await check(repository)).toEqual([]);
    expect(await one(repository, 'oai:essai:0001')).toMatchObject({ kind: 'record', id: 'oai:essai:0001' });
  });

  it('that a source names is not replaced', async () => {
    const { fault } = await harvest(await renamed(), { metadataPrefix: 'oai_dc' });
    expect([fault?.kind, fault?.finding]).toMatchObject([
      'config',
      { code: 'oai-format-unknown', particulars: { offered: 'lido, dublin' } },
    ]);
  });
});
