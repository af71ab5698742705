import { Command, InvalidArgumentError } from 'commander';
import { type RunningGateway, startGateway } from '#gateway/server.ts';
import { Complaint } from '../complaint.ts';
import { type Hub, untilEnded, withHub } from '../hub.ts';
import { picturesFolder } from '../pictures.ts';

export const DEFAULT_PORT = 4000;

export function serveCommand(): Command {
  return new Command('serve')
    .description('sert GraphQL (/graphql) et l’état (/healthz) jusqu’à Ctrl-C / serve GraphQL until Ctrl-C')
    .option('--port <port>', 'port', readPort, DEFAULT_PORT)
    .option('--host <host>', 'adresse d’écoute / address to listen on', '127.0.0.1')
    .action((options: { port: number; host: string }) =>
      withHub(async (hub) => {
        const gateway = await serve(hub, options.port, options.host);
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
export async function serve(hub: Hub, port: number, host = '127.0.0.1'): Promise<RunningGateway> {
  try {
    return await startGateway({ connection: hub.neo4j.connection, port, host, pictures: picturesFolder() });
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw fault;
    throw new Complaint(
      `Le port ${port} est pris par un autre programme : choisissez-en un autre avec --port / port ${port} is taken: choose another with --port.`,
    );
  }
}
