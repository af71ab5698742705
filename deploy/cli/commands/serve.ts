import { Command, InvalidArgumentError } from 'commander';
import { type AccessSettings, readAccessSettings, SettingRefused } from '#gateway/access/settings.ts';
import { type RunningGateway, startGateway } from '#gateway/server.ts';
import { Complaint } from '../complaint.ts';
import { type Hub, untilEnded, withHub } from '../hub.ts';
import { picturesFolder } from '../pictures.ts';

export const DEFAULT_PORT = 4000;

export function serveCommand(): Command {
  return new Command('serve')
    .description('sert GraphQL (/graphql) et l’état (/healthz, /readyz) jusqu’à Ctrl-C / serve GraphQL until Ctrl-C')
    .option('--port <port>', 'port', readPort, DEFAULT_PORT)
    .option('--host <host>', 'adresse d’écoute / address to listen on', '127.0.0.1')
    .option(
      '--only-persisted',
      'ne répond qu’aux opérations de TRAME_OPERATIONS / answers the operations of TRAME_OPERATIONS only',
    )
    .action((options: { port: number; host: string; onlyPersisted?: boolean }) =>
      withHub(async (hub) => {
        const gateway = await serve(hub, options.port, options.host, options.onlyPersisted);
        console.log(`GraphQL : ${gateway.url}/graphql — Ctrl-C pour arrêter / to stop`);
        await untilEnded(hub.signal);
        await gateway.stop();
      }),
    );
}

export function readPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError('un nombre de 0 à 65535 / a number from 0 to 65535');
  return port;
}

/** The gateway on this port, or a complaint that says what stands in the way. */
export async function serve(
  hub: Hub,
  port: number,
  host = '127.0.0.1',
  isOnlyPersisted = false,
): Promise<RunningGateway> {
  try {
    const access = readAccess(isOnlyPersisted);
    return await startGateway({ connection: hub.neo4j.connection, port, host, pictures: picturesFolder(), access });
  } catch (fault) {
    if (fault instanceof SettingRefused) throw new Complaint(fault.message);
    if ((fault as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw fault;
    throw new Complaint(
      `Le port ${port} est pris par un autre programme : choisissez-en un autre avec --port / port ${port} is taken: choose another with --port.`,
    );
  }
}

function readAccess(isOnlyPersisted: boolean): AccessSettings {
  const settings = readAccessSettings(process.env);
  if (isOnlyPersisted && settings.operations === undefined)
    throw new Complaint(
      '--only-persisted : dites dans TRAME_OPERATIONS le fichier des opérations / name the file of the operations in TRAME_OPERATIONS.',
    );
  return { ...settings, isOnlyPersisted };
}
