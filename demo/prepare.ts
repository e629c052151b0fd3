import type { Mailbox } from '#contract/mailboxes.ts'
import type { CalendarHours, Settings, Team } from '#contract/team.ts'
import { company } from './company.ts'
import type { Day } from './day.ts'
import type { Stage, Step } from './stage.ts'

/** Makes the desk Lumenary's: its name, hours, teams and mailboxes, set as its admin would. */
export function prepareStep(day: Day): Step {
  return {
    id: 'prepare',
    at: day.before('P1Y4D'),
    strand: 'prepare',
    label: 'The company moves in',
    run: (stage) => prepare(stage),
  }
}

async function prepare(stage: Stage): Promise<void> {
  const ada = stage.desk('ada')
  // Replies leave at once while the story is told; the seconds to take one back return at its end.
  await changeSettings(stage, { companyName: company.name, undoSeconds: 0 })
  await keepHours(stage)
  const { items: teams } = await ada.get<{ items: Team[] }>('/teams?limit=100')
  const [support] = teams
  if (support) await ada.send('PATCH', `/teams/${support.id}`, { signature: company.signature })
  const enterprise =
    teams.find((team) => team.name === 'Enterprise') ??
    (await ada.send<Team>('POST', '/teams', { name: 'Enterprise', signature: company.enterpriseSignature }))
  const { items: mailboxes } = await ada.get<{ items: Mailbox[] }>('/mailboxes?limit=100')
  for (const mailbox of mailboxes.filter((one) => one.address === stage.supportAddress))
    await ada.send('PATCH', `/mailboxes/${mailbox.id}`, {
      name: `${company.name} Support`,
      autoAcknowledge: true,
      acknowledgement: company.acknowledgement,
    })
  if (!mailboxes.some((mailbox) => mailbox.address === stage.enterpriseAddress))
    await ada.send('POST', '/mailboxes', {
      address: stage.enterpriseAddress,
      name: `${company.name} Enterprise`,
      teamId: enterprise.id,
    })
}

export async function changeSettings(stage: Stage, change: Partial<Settings>): Promise<void> {
  const ada = stage.desk('ada')
  const { version } = await ada.get<Settings>('/settings')
  await ada.send('PATCH', '/settings', { ...change, version })
}

async function keepHours(stage: Stage): Promise<void> {
  const ada = stage.desk('ada')
  const { version } = await ada.get<{ version: number }>('/calendar')
  const open = [{ from: '08:00', to: '20:00' }]
  const weekly = { 1: open, 2: open, 3: open, 4: open, 5: open, 6: open, 7: open }
  const hours: CalendarHours = { timeZone: stage.day.timeZone, weekly, holidays: [] }
  await ada.send('PUT', '/calendar', { hours, firstReplySeconds: company.firstReplySeconds, version })
}
