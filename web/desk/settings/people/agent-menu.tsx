import { Menu } from '@mantine/core'
import { IconDotsVertical } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { type Agent, inviteAgain, listAgents, updateAgent } from '#contract/team.ts'
import { call, keyOf } from '../../api.ts'
import { t } from '../../messages/translate.ts'
import { queryClient } from '../../query-client.ts'
import { confirm } from '../../ui/confirm.tsx'
import { DisabledReason } from '../../ui/disabled-reason.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { errorToast, toast } from '../../ui/toast.tsx'

type Props = {
  agent: Agent
  refusal: string | null
  isMe: boolean
  onEdit: () => void
  onLink: (url: string) => void
}

/** What an admin may do with one person; each of the lasting ones asks first. */
export function AgentMenu({ agent, refusal, isMe, onEdit, onLink }: Props) {
  const params = { id: agent.id }
  const change = useMutation({
    mutationFn: (body: { disabled?: boolean; resetTotp?: true }) => call(updateAgent, { params, body }),
    onSuccess: () => {
      toast(t('settings.saved'))
      void queryClient.invalidateQueries({ queryKey: keyOf(listAgents) })
    },
    onError: errorToast,
  })
  const invite = useMutation({
    mutationFn: () => call(inviteAgain, { params }),
    onSuccess: ({ invitationUrl }) => onLink(invitationUrl),
    onError: errorToast,
  })
  const { name } = agent
  const disable = async (): Promise<void> => {
    if (
      await confirm({
        title: t('people.disable.ask', { name }),
        body: t('people.disable.body'),
        action: t('people.disable'),
        danger: true,
      })
    )
      change.mutate({ disabled: true })
  }
  const reset = async (): Promise<void> => {
    if (
      await confirm({
        title: t('people.reset.ask', { name }),
        body: t('people.reset.body'),
        action: t('people.reset'),
        danger: true,
      })
    )
      change.mutate({ resetTotp: true })
  }
  const label = t('people.more.of', { name })
  if (refusal)
    return (
      <DisabledReason reason={refusal}>
        <IconButton icon={IconDotsVertical} label={label} />
      </DisabledReason>
    )
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <IconButton icon={IconDotsVertical} label={label} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={onEdit}>{t('people.edit')}</Menu.Item>
        {agent.state !== 'disabled' && (
          <Menu.Item onClick={() => invite.mutate()}>
            {agent.state === 'invited' ? t('people.inviteAgain') : t('people.newPassword')}
          </Menu.Item>
        )}
        {agent.totp && <Menu.Item onClick={() => void reset()}>{t('people.reset')}</Menu.Item>}
        {agent.state === 'disabled' ? (
          <Menu.Item onClick={() => change.mutate({ disabled: false })}>{t('people.enable')}</Menu.Item>
        ) : (
          !isMe && (
            <Menu.Item color="red" onClick={() => void disable()}>
              {t('people.disable')}
            </Menu.Item>
          )
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
