import '../messages/rooms/sign-in.ts'
import { Button, Modal, SegmentedControl, useMantineColorScheme } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { getMe } from '#contract/team.ts'
import { keyOf } from '../api.ts'
import { roleNames } from '../access.ts'
import { signOutElsewhere } from '../auth.ts'
import { useDensity } from '../frame/density.ts'
import { t } from '../messages/translate.ts'
import { queryClient } from '../query-client.ts'
import { useMe } from '../session.ts'
import { TotpSetup } from '../sign-in/totp-setup.tsx'
import { Card } from '../ui/card.tsx'
import { FieldRow } from '../ui/field-row.tsx'
import { confirm } from '../ui/confirm.tsx'
import { errorToast, toast } from '../ui/toast.tsx'
import { ChangePassword } from './change-password.tsx'
import { DisableTotp } from './disable-totp.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'

type Dialog = 'codes' | 'password' | 'recovery' | null

/** One's own account: codes, password, and how the desk looks. Open to everyone who is signed in. */
export function AccountSection() {
  const { agent } = useMe()
  const [dialog, setDialog] = useState<Dialog>(null)
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const [density, setDensity] = useDensity()
  const close = (): void => setDialog(null)
  const settled = (words: string): void => {
    close()
    toast(words)
    void queryClient.invalidateQueries({ queryKey: keyOf(getMe) })
  }
  const hasCodes = agent?.totp === true
  const leaveElsewhere = useMutation({
    mutationFn: signOutElsewhere,
    onSuccess: () => toast(t('account.sessions.ended')),
    onError: errorToast,
  })
  const askToLeave = async (): Promise<void> => {
    const question = {
      title: t('account.sessions.ask'),
      body: t('account.sessions.body'),
      action: t('account.sessions.end'),
    }
    if (await confirm(question)) leaveElsewhere.mutate()
  }
  return (
    <>
      {agent && (
        <Card title={agent.name} aside={<span className="muted">{agent.email}</span>}>
          <FieldRow label={t('people.roles')} hint={t('account.roles.hint')}>
            {roleNames(agent.roles)}
          </FieldRow>
          <FieldRow label={t('account.codes')} hint={hasCodes ? t('account.codes.on') : t('account.codes.off')}>
            <Button variant={hasCodes ? 'default' : 'filled'} onClick={() => setDialog('codes')}>
              {hasCodes ? t('account.codes.switchOff') : t('account.codes.switchOn')}
            </Button>
          </FieldRow>
          {hasCodes && (
            <FieldRow label={t('account.recovery')} hint={t('account.recovery.hint')}>
              <Button variant="default" onClick={() => setDialog('recovery')}>
                {t('account.recovery.make')}
              </Button>
            </FieldRow>
          )}
          <FieldRow label={t('account.password')} hint={t('account.password.hint')}>
            <Button variant="default" onClick={() => setDialog('password')}>
              {t('account.password.change')}
            </Button>
          </FieldRow>
          <FieldRow label={t('account.sessions')} hint={t('account.sessions.hint')}>
            <Button variant="default" loading={leaveElsewhere.isPending} onClick={() => void askToLeave()}>
              {t('account.sessions.end')}
            </Button>
          </FieldRow>
        </Card>
      )}
      <Card title={t('account.look')}>
        <FieldRow label={t('frame.scheme')}>
          <SegmentedControl
            aria-label={t('frame.scheme')}
            size="xs"
            value={colorScheme}
            onChange={(value) => setColorScheme(value as typeof colorScheme)}
            data={(['auto', 'light', 'dark'] as const).map((value) => ({ value, label: t(`frame.scheme.${value}`) }))}
          />
        </FieldRow>
        <FieldRow label={t('frame.density')}>
          <SegmentedControl
            aria-label={t('frame.density')}
            size="xs"
            value={density}
            onChange={(value) => setDensity(value as typeof density)}
            data={(['compact', 'comfortable'] as const).map((value) => ({ value, label: t(`frame.density.${value}`) }))}
          />
        </FieldRow>
      </Card>
      <Modal
        opened={dialog === 'codes'}
        onClose={close}
        title={hasCodes ? t('account.codes.switchOff') : t('totp.title')}
        closeButtonProps={{ 'aria-label': t('ui.close') }}
      >
        {hasCodes ? (
          <DisableTotp onDone={() => settled(t('account.codes.isOff'))} />
        ) : (
          <TotpSetup onDone={() => settled(t('account.codes.isOn'))} onSkip={close} />
        )}
      </Modal>
      <Modal
        opened={dialog === 'recovery'}
        onClose={close}
        closeOnClickOutside={false}
        title={t('account.recovery.make')}
        closeButtonProps={{ 'aria-label': t('ui.close') }}
      >
        <RecoveryCodes onDone={close} />
      </Modal>
      <Modal
        opened={dialog === 'password'}
        onClose={close}
        title={t('account.password.change')}
        closeButtonProps={{ 'aria-label': t('ui.close') }}
      >
        <ChangePassword onDone={() => settled(t('account.password.changed'))} />
      </Modal>
    </>
  )
}
