import { describeConnector } from '../conformance.ts';
import { type TableMap, tableMap } from '../formats/table/map.ts';
import { table } from '../formats/table/table.ts';
import { serveLoopback } from '../http/loopback.ts';
import { FORMATS } from '../registry.ts';
import { createFilesConnector } from './connector.ts';
import { filesOptions } from './options.ts';
import { storedZip } from './stored-zip.ts';

const { data: MAP } = tableMap.safeParse({ kind: 'Trade', id: 'Code', fields: { name: 'Nom' } }) as { data: TableMap };
const FILES = ['a', 'b', 'c', 'd'];
const ROWS = 5;

const idsIn = (file: string) => Array.from({ length: ROWS }, (_, row) => `${file}${row}`);
const ARCHIVE = storedZip(
  FILES.map((file) => ({
    name: `${file}.csv`,
    content: `Code;Nom\n${idsIn(file)
      .map((id) => `${id};"Métier ${id}"\n`)
      .join('')}`,
  })),
);

describeConnector('files', {
  connector: createFilesConnector(FORMATS[table.name]!, MAP),
  identifiers: FILES.flatMap(idsIn),
  async start() {
    let asked = 0;
    let broken = false;
    const server = await serveLoopback((_, response) => {
      asked += 1;
      response.setHeader('content-length', ARCHIVE.length);
      if (!broken) response.end(ARCHIVE);
      else response.write(ARCHIVE.subarray(0, 200), () => response.destroy());
    });
    return {
      options: filesOptions.parse({ url: `${server.origin}/metiers.zip` }),
      breakOff: () => {
        broken = true;
      },
      asked: () => asked,
      stop: () => server.stop(),
    };
  },
  nonsense: [
    { options: {}, path: 'path' },
    { options: { path: 'a', url: 'https://partenaire.fr/a.csv' }, path: 'path' },
    { options: { url: 'partenaire.fr/a.csv' }, path: 'url' },
    { options: { path: 'a', encoding: 'latin-13' }, path: 'encoding' },
    { options: { path: 'a', delimiteur: ';' }, path: 'delimiteur' },
  ],
});
