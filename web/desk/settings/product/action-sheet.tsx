import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import {
  createProductAction,
  listProductActions,
  type ProductAction,
  testProductAction,
  updateProductAction,
  withdrawProductAction,
} from '#contract/product.ts'
import { call, keyOf } from '../../api.ts'
import { t } from '../../messages/translate.ts'
import { queryClient } from '../../query-client.ts'
import { confirm } from '../../ui/confirm.tsx'
import { DisabledReason } from '../../ui/disabled-reason.tsx'
import { FormError } from '../../ui/form-error.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Sheet, SheetBody, SheetFooter } from '../../ui/sheet.tsx'
import { splitProblems } from '../../ui/split-problems.ts'
import { errorToast, toast } from '../../ui/toast.tsx'
import css from '../settings-form.module.css'
import { type ActionDraft, definitionOf, draftOf } from './action-draft.ts'
import { ActionFields, actionFields } from './action-fields.tsx'

type Props = { action: ProductAction | null; opened: boolean; onClose: () => void }

/** One action of the product: what it needs, who may, and where it is asked; a test call once it is kept. */
export function ActionSheet({ action, opened, onClose }: Props) {
  return (
    <Sheet opened={opened} onClose={onClose} title={action?.definition.title ?? t('action.new')} width={600}>
      <ActionForm action={action} onClose={onClose} />
    </Sheet>
  )
}

function ActionForm({ action, onClose }: Omit<Props, 'opened'>) {
  const [kept, setKept] = useState(action)
  const [draft, setDraft] = useState<ActionDraft>(() => draftOf(action?.definition ?? null))
  const refresh = () => queryClient.invalidateQueries({ queryKey: keyOf(listProductActions) })
  const save = useMutation({
    mutationFn: () => {
      const definition = definitionOf(draft)
      return kept
        ? call(updateProductAction, { params: { id: kept.id }, body: { definition, version: kept.version } })
        : call(createProductAction, { body: definition })
    },
    onSuccess: (saved) => {
      setKept(saved)
      toast(t('settings.saved'))
      void refresh()
    },
  })
  const test = useMutation({
    mutationFn: ({ id }: ProductAction) => call(testProductAction, { params: { id } }),
    onError: errorToast,
  })
  const remove = useMutation({
    mutationFn: ({ id }: ProductAction) => call(withdrawProductAction, { params: { id } }),
    onSuccess: () => {
      toast(t('action.deleted', { title: draft.title }))
      void refresh()
      onClose()
    },
    onError: errorToast,
  })
  const askRemove = async (gone: ProductAction): Promise<void> => {
    const { title } = gone.definition
    const sure = await confirm({
      title: t('action.delete.title', { title }),
      body: t('action.delete.body'),
      action: t('action.delete'),
      danger: true,
    })
    if (sure) remove.mutate(gone)
  }
  const isChanged =
    !kept || JSON.stringify(definitionOf(draft)) !== JSON.stringify(definitionOf(draftOf(kept.definition)))
  const nested = actionFields.map((field) => `definition.${field}` as const)
  const { at, rest } = splitProblems(save.error, [...actionFields, ...nested])
  const problems = Object.fromEntries(actionFields.map((field) => [field, at[field] ?? at[`definition.${field}`]]))
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    save.mutate()
  }
  return (
    <form onSubmit={submit} style={{ display: 'contents' }}>
      <SheetBody>
        <ActionFields
          draft={draft}
          isNew={!kept}
          problems={problems}
          onChange={(part) => {
            save.reset()
            test.reset()
            setDraft((old) => ({ ...old, ...part }))
          }}
        />
      </SheetBody>
      <SheetFooter>
        <FormError error={rest} />
        {test.data && <Notice kind={test.data.ok ? 'neutral' : 'warn'}>{test.data.sentence}</Notice>}
        <div className={css.buttons}>
          {kept && (
            <Button variant="default" color="red" loading={remove.isPending} onClick={() => void askRemove(kept)}>
              {t('action.delete')}
            </Button>
          )}
          <DisabledReason reason={isChanged && t('action.test.unsaved')}>
            <Button variant="default" loading={test.isPending} onClick={() => kept && test.mutate(kept)}>
              {t('action.test')}
            </Button>
          </DisabledReason>
          <Button type="submit" loading={save.isPending}>
            {kept ? t('settings.save') : t('actions.add')}
          </Button>
        </div>
      </SheetFooter>
    </form>
  )
}
