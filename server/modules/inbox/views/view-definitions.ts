import type { ViewId } from '#contract/inbox.ts'

/** How a list is ordered; each has an index that serves it. */
export type Order = 'urgent' | 'updated' | 'solved'

export type ViewDefinition = {
  /** Condition on `t`; `$agent` stands for the asking agent's id. */
  where: string
  order: Order
}

/**
 * The views every desk has. Conditions are written as the partial indexes have them, so that the planner recognises them.
 */
export const viewDefinitions: Record<ViewId, ViewDefinition> = {
  next: { where: `t.status in ('new', 'open')`, order: 'urgent' },
  mine: { where: `t.assignee_id = $agent and t.status in ('new', 'open', 'pending', 'on_hold')`, order: 'urgent' },
  unassigned: { where: `t.assignee_id is null and t.status in ('new', 'open')`, order: 'urgent' },
  open: { where: `t.status = 'open'`, order: 'updated' },
  pending: { where: `t.status = 'pending'`, order: 'updated' },
  attention: { where: `t.attention is not null`, order: 'updated' },
  solved: { where: `t.solved_at is not null`, order: 'solved' },
  all: { where: 'true', order: 'updated' },
}

/** What every list leaves out: a ticket merged away, whose messages are where it leads. Also what an undone split had made. */
export const standsAlone = 't.merged_into_id is null'
