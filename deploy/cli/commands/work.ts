import { Command } from 'commander';
import { startSchedule } from '#harvesters/schedule.ts';
import { readSources, sourcesFolder } from '#harvesters/sources.ts';
import { Complaint, tellFinding } from '../complaint.ts';
import { harvestAll } from '../harvesting.ts';
import { tell, untilEnded, withHub } from '../hub.ts';
import { summary } from './harvest.ts';

export function workCommand(): Command {
  return new Command('work')
    .description('moissonne chaque source à son heure, jusqu’à Ctrl-C / harvest every source at its hour, until Ctrl-C')
    .action(() =>
      withHub(async (hub) => {
        const { sources, findings } = await readSources(sourcesFolder());
        for (const found of findings) tell(tellFinding(found));
        const scheduled = sources.filter(({ about }) => about.schedule !== undefined);
        if (scheduled.length === 0)
          throw new Complaint(
            `Aucune source n’a d’horaire (schedule) dans ${sourcesFolder()} / no source has a schedule there.`,
          );
        const schedule = startSchedule(scheduled, async (source) => {
          const reports = await harvestAll([source], hub, { progress: false });
          console.log(summary(reports));
        });
        tell(`${scheduled.length} sources à l’heure dite ; Ctrl-C pour arrêter / on schedule; Ctrl-C to stop.`);
        await untilEnded(hub.signal);
        await schedule.stop();
      }),
    );
}
