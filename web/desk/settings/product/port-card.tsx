import { Button, Modal } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { getProductPort, makeProductSecret } from '#contract/product.ts'
import { call, keyOf, read } from '../../api.ts'
import { t } from '../../messages/translate.ts'
import { queryClient } from '../../query-client.ts'
import { Card } from '../../ui/card.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { CopyText } from '../../ui/copy-text.tsx'
import { FactsList } from '../../ui/facts-list.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { errorToast } from '../../ui/toast.tsx'
import { SecretOnce } from '../secret-once.tsx'
import css from '../settings-form.module.css'

type Use = 'calls' | 'webhooks'
const portQuery = read(getProductPort, {}, ['product_secret'])

/** Where the product's webhooks go, and the two secrets; each is shown once as it is made. */
export function PortCard() {
  const port = useQuery(portQuery)
  const [shown, setShown] = useState(false)
  const make = useMutation({
    mutationFn: (use: Use) => call(makeProductSecret, { body: { use } }),
    onSuccess: () => {
      setShown(true)
      void queryClient.invalidateQueries({ queryKey: keyOf(getProductPort) })
    },
    onError: errorToast,
  })
  const ask = async (use: Use, isMade: boolean): Promise<void> => {
    const sure =
      !isMade ||
      (await confirm({
        title: t('port.again.title'),
        body: t('port.again.body'),
        action: t('port.makeAgain'),
        danger: true,
      }))
    if (sure) make.mutate(use)
  }
  const secretFact = (use: Use, at: string | null) => ({
    label: t(`port.${use}`),
    value: (
      <span className={css.who}>
        {at === null ? (
          t('port.none')
        ) : (
          <span>
            {t('port.made')} <RelativeTime at={at} />
          </span>
        )}
        <Button
          size="xs"
          variant="default"
          aria-label={t(at === null ? `port.make.${use}` : `port.makeAgain.${use}`)}
          loading={make.isPending && make.variables === use}
          onClick={() => void ask(use, at !== null)}
        >
          {t(at === null ? 'port.make' : 'port.makeAgain')}
        </Button>
      </span>
    ),
  })
  return (
    <>
      <Card title={t('port.title')}>
        <p className={`muted ${css.hint}`}>{t('port.hint')}</p>
        <Loaded query={port}>
          {({ webhookUrl, callsSecretAt, webhooksSecretAt }) => (
            <FactsList
              facts={[
                {
                  label: t('port.webhookUrl'),
                  value: (
                    <span className={css.who}>
                      <code style={{ overflowWrap: 'anywhere' }}>{webhookUrl}</code>
                      <CopyText text={webhookUrl} label={t('port.copyUrl')} />
                    </span>
                  ),
                },
                secretFact('calls', callsSecretAt),
                secretFact('webhooks', webhooksSecretAt),
              ]}
            />
          )}
        </Loaded>
      </Card>
      <Modal
        opened={shown}
        onClose={() => setShown(false)}
        onExitTransitionEnd={make.reset}
        closeOnClickOutside={false}
        title={t('port.secret.title')}
        closeButtonProps={{ 'aria-label': t('ui.close') }}
      >
        {make.data && (
          <div className={css.stack}>
            <SecretOnce text={make.data.secret} label={t('port.secret.copy')} />
            <div className={css.buttons}>
              <Button onClick={() => setShown(false)}>{t('settings.done')}</Button>
            </div>
          </div>
        )}
      </Modal>
    </>
  )
}
