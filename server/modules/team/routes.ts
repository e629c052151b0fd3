import * as events from '#contract/events.ts'
import * as contract from '#contract/team.ts'
import { route, type AnyRoute } from '#platform/serve/route.ts'
import { acceptInvitation } from './actions/accept-invitation.ts'
import { createApiKey, revokeApiKey } from './actions/create-api-key.ts'
import { createFirstAdmin } from './actions/create-first-admin.ts'
import { inviteAgain, inviteAgent } from './actions/invite-agent.ts'
import { createTeam, updateTeam } from './actions/save-team.ts'
import { updateAgent } from './actions/update-agent.ts'
import { updateCalendar } from './actions/update-calendar.ts'
import { updateSettings } from './actions/update-settings.ts'
import { listAudit } from './audit.ts'
import { getCalendar, type CalendarVersion } from './calendar.ts'
import { readMe, type DeskFacts } from './me.ts'
import { getSettings } from './settings.ts'
import { hasActiveAdmin } from './store.ts'
import { listAgents, listApiKeys, listTeams, readAgent, readApiKey, readTeam } from './views.ts'

const done = { done: true } as const

/** Team's endpoints; `facts` tell of the process that serves them. */
export function createTeamRoutes(facts: DeskFacts): AnyRoute[] {
  return [
    route(contract.getMe, ({ desk }) => readMe(desk, facts)),
    ...entranceRoutes,
    ...peopleRoutes,
    ...keyRoutes,
    ...settingsRoutes,
  ]
}

const entranceRoutes: AnyRoute[] = [
  route(contract.getSetup, async ({ desk }) => ({
    needed: !(await hasActiveAdmin(desk)),
    companyName: (await getSettings(desk)).companyName,
  })),
  route(contract.createFirstAdmin, async ({ desk, body }) => {
    await createFirstAdmin(desk, body)
    return done
  }),
  route(contract.acceptInvitation, ({ desk, body }) => acceptInvitation(desk, body)),
]

const peopleRoutes: AnyRoute[] = [
  route(contract.listAgents, ({ desk, query }) => listAgents(desk, query)),
  route(contract.createAgent, async ({ desk, body }) => {
    const { agentId, invitationUrl } = await inviteAgent(desk, body)
    return { agent: await readAgent(desk, agentId), invitationUrl }
  }),
  route(contract.updateAgent, async ({ desk, params, body }) => {
    await updateAgent(desk, params.id, body)
    return readAgent(desk, params.id)
  }),
  route(contract.inviteAgain, ({ desk, params }) => inviteAgain(desk, params.id)),
  route(contract.listTeams, ({ desk, query }) => listTeams(desk, query)),
  route(contract.createTeam, async ({ desk, body }) => readTeam(desk, await createTeam(desk, body))),
  route(contract.updateTeam, async ({ desk, params, body }) => {
    await updateTeam(desk, params.id, body)
    return readTeam(desk, params.id)
  }),
]

const keyRoutes: AnyRoute[] = [
  route(contract.listApiKeys, ({ desk, query }) => listApiKeys(desk, query)),
  route(contract.createApiKey, async ({ desk, body }) => {
    const { keyId, secret } = await createApiKey(desk, body)
    return { key: await readApiKey(desk, keyId), secret }
  }),
  route(contract.revokeApiKey, async ({ desk, params }) => {
    await revokeApiKey(desk, params.id)
    return done
  }),
]

const settingsRoutes: AnyRoute[] = [
  route(contract.getSettings, ({ desk }) => getSettings(desk)),
  route(contract.updateSettings, ({ desk, body }) => updateSettings(desk, body)),
  route(contract.getCalendar, async ({ desk }) => presentCalendar(await getCalendar(desk))),
  route(contract.updateCalendar, async ({ desk, body }) => presentCalendar(await updateCalendar(desk, body))),
  route(events.listAudit, ({ desk, query }) => listAudit(desk, query)),
]

function presentCalendar({ hours, firstReplySeconds, version }: CalendarVersion) {
  return { hours, firstReplySeconds, version }
}
