import type { Ticket } from '#contract/inbox.ts'
import type { Agent, Team } from '#contract/team.ts'
import { demoAgents, type AgentKey } from '../company.ts'
import type { Stage } from '../stage.ts'
import { messagesOf, ticketOf } from './tickets.ts'

export type Change = {
  status?: 'open' | 'pending' | 'on_hold' | 'solved'
  priority?: Ticket['priority']
  tags?: string[]
  assignee?: AgentKey
  team?: string
}

export async function agentReplies(
  stage: Stage,
  key: string,
  by: AgentKey,
  text: string,
  status?: 'open' | 'pending' | 'solved',
): Promise<void> {
  if (!(await isWritten(stage, key, 'reply', text)))
    await stage
      .desk(by)
      .send('POST', `/tickets/${await ticketOf(stage, key)}/messages`, { kind: 'reply', text, status })
}

export async function agentNotes(stage: Stage, key: string, by: AgentKey, text: string): Promise<void> {
  if (!(await isWritten(stage, key, 'note', text)))
    await stage.desk(by).send('POST', `/tickets/${await ticketOf(stage, key)}/messages`, { kind: 'note', text })
}

/** A step that is repeated after a crash says nothing twice. */
async function isWritten(stage: Stage, key: string, kind: 'reply' | 'note', text: string): Promise<boolean> {
  const messages = await messagesOf(stage, key)
  return messages.some((message) => message.kind === kind && message.text.trim() === text.trim())
}

export async function agentChanges(stage: Stage, key: string, by: AgentKey, change: Change): Promise<void> {
  const { assignee, team, ...fields } = change
  await stage.desk(by).send('PATCH', `/tickets/${await ticketOf(stage, key)}`, {
    ...fields,
    ...(assignee ? { assigneeId: await agentId(stage, assignee) } : {}),
    ...(team ? { teamId: await teamId(stage, team) } : {}),
  })
}

/** Merges a scene's ticket into another's; after a crash it is merged already. */
export async function mergesInto(stage: Stage, key: string, by: AgentKey, into: string): Promise<void> {
  const [from, target] = [await ticketOf(stage, key), await ticketOf(stage, into)]
  if (from === target) return
  const desk = stage.desk(by)
  await desk.send('PATCH', `/tickets/${from}`, { assigneeId: await agentId(stage, by) })
  await desk.send('PATCH', `/tickets/${target}`, { assigneeId: await agentId(stage, by) })
  await desk.send('POST', `/tickets/${from}/merge`, { into: target })
}

export type AccountRole = 'admin' | 'billing' | 'member'

/** Notes what the requester may decide at their company. */
export async function agentSetsRole(stage: Stage, key: string, by: AgentKey, accountRole: AccountRole): Promise<void> {
  const desk = stage.desk(by)
  const { requester } = await desk.get<Ticket>(`/tickets/${await ticketOf(stage, key)}`)
  await desk.send('PATCH', `/contacts/${requester.id}`, { accountRole })
}

async function agentId(stage: Stage, key: AgentKey): Promise<string> {
  const email = demoAgents.find((agent) => agent.key === key)?.email
  const { items } = await stage.desk('mia').get<{ items: Agent[] }>('/agents?limit=100')
  const found = items.find((agent) => agent.email === email)
  if (!found) throw new Error(`there is no agent ${key}`)
  return found.id
}

export async function teamId(stage: Stage, name: string): Promise<string> {
  const { items } = await stage.desk('mia').get<{ items: Team[] }>('/teams?limit=100')
  const found = items.find((team) => team.name === name)
  if (!found) throw new Error(`there is no team ${name}`)
  return found.id
}
