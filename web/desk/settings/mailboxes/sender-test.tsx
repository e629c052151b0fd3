import { useEffect, useRef } from 'react'
import type { ResultOf } from '#contract/endpoint.ts'
import type { testSender } from '#contract/sending.ts'
import { t } from '../../messages/translate.ts'
import { FactsList } from '../../ui/facts-list.tsx'
import { SheetPart } from '../../ui/sheet.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'

type Result = ResultOf<typeof testSender>

const results = { ok: 'done', failed: 'danger', skipped: 'neutral' } as const

/** How far a mail server went along, step by step; brought into sight when it is there. */
export function SenderTest({ result: { server, steps } }: { result: Result }) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    place.current?.scrollIntoView({ block: 'center' })
  }, [])
  const works = passes({ steps })
  return (
    <SheetPart
      title={t('sender.testing', { server })}
      aside={
        <StatusBadge tone={works ? 'done' : 'danger'}>
          {works ? t('sender.test.works') : t('sender.test.fails')}
        </StatusBadge>
      }
    >
      <div ref={place} role="status">
        <FactsList
          facts={steps.map(({ step, result, words }) => ({
            label: t(`sender.step.${step}`),
            value: (
              <>
                <StatusBadge tone={results[result]}>{t(`sender.result.${result}`)}</StatusBadge> {words}
              </>
            ),
          }))}
        />
      </div>
    </SheetPart>
  )
}

/** Whether a mail would go out. */
export function passes({ steps }: Pick<Result, 'steps'>): boolean {
  return steps.every(({ result }) => result !== 'failed')
}
