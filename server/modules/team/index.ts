export { hasRole, mayManage, permissionsOf } from './rules/permissions.ts'
export { calendarVersions, getCalendar, type CalendarVersion } from './calendar.ts'
export { getSettings } from './settings.ts'
export {
  defaultTeamId,
  findAgentByEmail,
  listAgentAddresses,
  listAgentIds,
  teamExists,
  teamSignature,
} from './store.ts'
export { createSignIn, type SignIn } from './sign-in/sign-in.ts'
export { createTeamRoutes } from './routes.ts'
export type { DeskFacts } from './me.ts'
export { jobs as teamJobs } from './jobs.ts'
export { acceptInvitation } from './actions/accept-invitation.ts'
export { ensureBootKey } from './actions/ensure-boot-key.ts'
export { ensureDefaults } from './actions/ensure-defaults.ts'
export { ensureSetupLink } from './actions/create-first-admin.ts'
export { inviteAgent } from './actions/invite-agent.ts'
export { eventPresenter, type EventRow } from './audit.ts'
