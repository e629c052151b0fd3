import * as z from 'zod'
import { endpoint, permissions } from './endpoint.ts'
import { id } from './ids.ts'
import { Done, Email, line, page, paging, prose, Time } from './list.ts'

export const roles = ['viewer', 'agent', 'lead', 'finance', 'admin'] as const
export const Role = z.enum(roles)
export type Role = z.infer<typeof Role>

export const Team = z.object({ id: id('tea'), name: z.string(), signature: z.string(), members: z.number() })
export type Team = z.infer<typeof Team>

export const Agent = z.object({
  id: id('agt'),
  name: z.string(),
  email: z.string(),
  roles: z.array(Role),
  teamIds: z.array(id('tea')),
  /** `teams` sees only tickets of the teams it belongs to. */
  visibility: z.enum(['all', 'teams']),
  state: z.enum(['invited', 'active', 'disabled']),
  totp: z.boolean(),
  createdAt: Time,
})
export type Agent = z.infer<typeof Agent>

export const ApiKey = z.object({
  id: id('key'),
  name: z.string(),
  role: Role,
  ownerId: id('agt').nullable(),
  /** The first characters of the secret, to tell keys apart. */
  hint: z.string(),
  createdAt: Time,
  lastUsedAt: Time.nullable(),
})
export type ApiKey = z.infer<typeof ApiKey>

export const Settings = z.object({
  companyName: z.string(),
  /** Days after which a solved ticket closes. */
  closedAfterDays: z.number().int(),
  /** Seconds a reply can be taken back. */
  undoSeconds: z.number().int(),
  /** One-person desks may approve their own money operations after a delay, with a reason. */
  soloMode: z.boolean(),
  /** Metadata key on Stripe customers that names their owner here. */
  ownerMetadataKey: z.string(),
  /** Reads from Stripe that may begin each second, over all processes; a sandbox never gets more than it takes. */
  stripeReadsPerSecond: z.number().int(),
  /** Ask for a rating in the mail that solves a ticket. */
  csat: z.boolean(),
  /** Days after which a deleted ticket is gone for good. */
  purgeDeletedDays: z.number().int(),
  /** Mails that leave for one recipient domain in any minute; 0 for no limit. */
  domainMailsPerMinute: z.number().int(),
  /** Mails that are handed over for one recipient domain at the same time. */
  domainMailsAtOnce: z.number().int(),
  version: z.number().int(),
})
export type Settings = z.infer<typeof Settings>

const Password = z.string().min(12, 'must have at least 12 characters').max(128)

export const getSetup = endpoint({
  method: 'GET',
  path: '/setup',
  permission: 'public',
  summary: 'Whether this desk still waits for its first admin.',
  result: z.object({ needed: z.boolean(), companyName: z.string() }),
})

export const createFirstAdmin = endpoint({
  method: 'POST',
  path: '/setup',
  permission: 'public',
  summary: 'Make the first admin, with the one-time link printed at start.',
  body: z.strictObject({ token: z.string().min(20).max(200), name: line(100), email: Email, password: Password }),
  result: Done,
  status: 201,
})

export const acceptInvitation = endpoint({
  method: 'POST',
  path: '/invitations/accept',
  permission: 'public',
  summary: 'Choose a password with a one-time invitation link.',
  body: z.strictObject({ token: z.string().min(20).max(200), password: Password }),
  result: z.object({ email: z.string() }),
})

export const getMe = endpoint({
  method: 'GET',
  path: '/me',
  permission: 'session',
  summary: 'Who is signed in, what they may do, and what the screen must know about this desk.',
  result: z.object({
    agent: Agent.nullable(),
    key: ApiKey.nullable(),
    permissions: z.array(z.enum(permissions)),
    settings: Settings,
    /** The counterparts that are emulated here. */
    emulated: z.array(z.enum(['stripe', 'mail'])),
    emulatorsUrl: z.string().nullable(),
    /** Set while the demo company is being made. */
    demo: z.object({ done: z.number(), total: z.number(), step: z.string() }).nullable(),
    now: Time,
  }),
})

export const listAgents = endpoint({
  method: 'GET',
  path: '/agents',
  permission: 'session',
  summary: 'Everyone who works here.',
  query: z.strictObject(paging),
  result: page(Agent),
})

export const createAgent = endpoint({
  method: 'POST',
  path: '/agents',
  permission: 'team.manage',
  summary: 'Invite an agent; the one-time link is in the answer once.',
  body: z.strictObject({
    name: line(100),
    email: Email,
    roles: z.array(Role).min(1).max(5),
    teamIds: z.array(id('tea')).max(50).optional(),
    visibility: z.enum(['all', 'teams']).optional(),
  }),
  result: z.object({ agent: Agent, invitationUrl: z.string() }),
  status: 201,
})

export const updateAgent = endpoint({
  method: 'PATCH',
  path: '/agents/{id}',
  permission: 'team.manage',
  summary: 'Change an agent, or disable one. The last admin cannot be taken away.',
  params: z.strictObject({ id: id('agt') }),
  body: z.strictObject({
    name: line(100).optional(),
    roles: z.array(Role).min(1).max(5).optional(),
    teamIds: z.array(id('tea')).max(50).optional(),
    visibility: z.enum(['all', 'teams']).optional(),
    disabled: z.boolean().optional(),
    /** Forget the authenticator app of somebody who lost it. */
    resetTotp: z.literal(true).optional(),
  }),
  result: Agent,
})

export const inviteAgain = endpoint({
  method: 'POST',
  path: '/agents/{id}/invitation',
  permission: 'team.manage',
  summary: 'A new one-time link for an agent who lost the password; earlier links stop working.',
  params: z.strictObject({ id: id('agt') }),
  result: z.object({ invitationUrl: z.string() }),
  status: 201,
})

export const listTeams = endpoint({
  method: 'GET',
  path: '/teams',
  permission: 'session',
  summary: 'The teams.',
  query: z.strictObject(paging),
  result: page(Team),
})

export const createTeam = endpoint({
  method: 'POST',
  path: '/teams',
  permission: 'team.manage',
  summary: 'Add a team.',
  body: z.strictObject({ name: line(60), signature: prose(2000).optional() }),
  result: Team,
  status: 201,
})

export const updateTeam = endpoint({
  method: 'PATCH',
  path: '/teams/{id}',
  permission: 'team.manage',
  summary: 'Rename a team or change its signature.',
  params: z.strictObject({ id: id('tea') }),
  body: z.strictObject({ name: line(60).optional(), signature: prose(2000).optional() }),
  result: Team,
})

export const listApiKeys = endpoint({
  method: 'GET',
  path: '/api-keys',
  permission: 'keys.manage',
  summary: 'The API keys, without their secrets.',
  query: z.strictObject(paging),
  result: page(ApiKey),
})

export const createApiKey = endpoint({
  method: 'POST',
  path: '/api-keys',
  permission: 'keys.manage',
  summary: 'Make an API key; the secret is in the answer once. It acts as you.',
  body: z.strictObject({ name: line(60), role: Role }),
  result: z.object({ key: ApiKey, secret: z.string() }),
  status: 201,
})

export const revokeApiKey = endpoint({
  method: 'DELETE',
  path: '/api-keys/{id}',
  permission: 'keys.manage',
  summary: 'Revoke an API key at once.',
  params: z.strictObject({ id: id('key') }),
  result: Done,
})

export const getSettings = endpoint({
  method: 'GET',
  path: '/settings',
  permission: 'session',
  summary: 'The settings of this desk.',
  result: Settings,
})

export const updateSettings = endpoint({
  method: 'PATCH',
  path: '/settings',
  permission: 'settings.write',
  summary: 'Change settings. `version` must be the one last read.',
  body: z.strictObject({
    companyName: line(80).optional(),
    closedAfterDays: z.number().int().min(1).max(365).optional(),
    undoSeconds: z.number().int().min(0).max(60).optional(),
    soloMode: z.boolean().optional(),
    ownerMetadataKey: z
      .string()
      .regex(/^[\w-]{1,40}$/)
      .optional(),
    stripeReadsPerSecond: z.number().int().min(1).max(1000).optional(),
    csat: z.boolean().optional(),
    purgeDeletedDays: z.number().int().min(1).max(365).optional(),
    domainMailsPerMinute: z.number().int().min(0).max(1000).optional(),
    domainMailsAtOnce: z.number().int().min(1).max(12).optional(),
    version: z.number().int(),
  }),
  result: Settings,
})

const Window = z.strictObject({
  from: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  to: z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/),
})

/** Weekday 1 is Monday, as in ISO 8601. */
export const CalendarHours = z.strictObject({
  timeZone: z.string().max(60),
  weekly: z.strictObject({
    1: z.array(Window).max(6),
    2: z.array(Window).max(6),
    3: z.array(Window).max(6),
    4: z.array(Window).max(6),
    5: z.array(Window).max(6),
    6: z.array(Window).max(6),
    7: z.array(Window).max(6),
  }),
  holidays: z.array(z.iso.date()).max(400),
})
export type CalendarHours = z.infer<typeof CalendarHours>

export const getCalendar = endpoint({
  method: 'GET',
  path: '/calendar',
  permission: 'session',
  summary: 'The business hours in force and the first-reply target.',
  result: z.object({ hours: CalendarHours, firstReplySeconds: z.number().int(), version: z.number().int() }),
})

export const updateCalendar = endpoint({
  method: 'PUT',
  path: '/calendar',
  permission: 'settings.write',
  summary: 'Change business hours or the first-reply target; verdicts already given stand.',
  body: z.strictObject({
    hours: CalendarHours,
    firstReplySeconds: z.number().int().min(60).max(31_536_000),
    version: z.number().int(),
  }),
  result: z.object({ hours: CalendarHours, firstReplySeconds: z.number().int(), version: z.number().int() }),
})
