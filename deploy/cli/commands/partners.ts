import { Command } from 'commander';
import { type RunningPartners, startPartners } from '#connectors/partners/server.ts';
import { endSignal, tell, untilEnded } from '../hub.ts';

/** Where the source files of the demonstration look for the stand-ins, unless TRAME_PARTNERS says another address. */
const STAND_INS_PORT = 4010;

/** `trame partners`: the partners' stand-ins alone, for whoever tries a source file of the demonstration or writes a connector. */
export function partnersCommand(): Command {
  return new Command('partners')
    .description(
      'démarre les seules doublures des partenaires, jusqu’à Ctrl-C / start the partners’ stand-ins alone, until Ctrl-C',
    )
    .action(async () => {
      const ended = endSignal();
      const partners = await startStandIns();
      tell(
        `Partenaires de démonstration / partners’ stand-ins : ${partners.url}\nDans un autre terminal / in another terminal: ${
          partners.url.endsWith(`:${STAND_INS_PORT}`) ? '' : `TRAME_PARTNERS=${partners.url} `
        }npx trame source check demo-openagenda\nCtrl-C arrête tout / stops everything.`,
      );
      await untilEnded(ended.signal);
      ended.dispose();
      await partners.close();
    });
}

/** At their own port where it is free: the records name it, and would all be changed by another. */
export async function startStandIns(): Promise<RunningPartners> {
  try {
    return await startPartners({ port: STAND_INS_PORT });
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw fault;
    tell(
      `Le port ${STAND_INS_PORT} est pris : les partenaires en prennent un autre, et leurs notices, qui le nomment, compteront comme modifiées.\nPort ${STAND_INS_PORT} is taken: the stand-ins take another; their records name it and will count as updated.`,
    );
    return startPartners({ port: 0 });
  }
}
