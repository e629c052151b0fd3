export const accessMessages = {
  'access.needs': 'This needs the role {roles}. Yours: {own}.',
  'access.none': 'none',
  'role.viewer': 'Viewer',
  'role.agent': 'Agent',
  'role.lead': 'Lead',
  'role.finance': 'Finance',
  'role.admin': 'Admin',
  'role.viewer.may': 'Reads tickets and reports. Changes nothing.',
  'role.agent.may': 'Answers tickets, edits contacts, proposes refunds, sees mail custody.',
  'role.lead.may':
    'Everything an agent may; approves refunds up to the lead limit, re-runs parked mail, reads the audit ledger.',
  'role.finance.may': 'Answers tickets, proposes and approves refunds, reads the audit ledger.',
  'role.admin.may': 'Everything an agent and a lead may except approving money; changes settings, people and keys.',
} as const
