import { Select, Switch, Textarea, TextInput } from '@mantine/core'
import { actionPermissions, ProductActionDefinition } from '#contract/product.ts'
import { t } from '../../messages/translate.ts'
import { NameField } from '../../ui/name-field.tsx'
import { SheetPart } from '../../ui/sheet.tsx'
import { type ActionDraft, nameFor } from './action-draft.ts'
import { ExpectsEditor } from './expects-editor.tsx'
import { ParametersEditor } from './parameters-editor.tsx'
import css from './product.module.css'

/** The fields that a refusal may name. */
export const actionFields = [
  'title',
  'name',
  'effect',
  'parameters',
  'approval',
  'endpoint',
  'statusEndpoint',
  'expects',
] as const
type Field = (typeof actionFields)[number]

type Props = {
  draft: ActionDraft
  isNew: boolean
  problems: Partial<Record<Field, string | undefined>>
  onChange: (part: Partial<ActionDraft>) => void
}

/** Everything an action is declared by, from its words to what must be so afterwards. */
export function ActionFields({ draft, isNew, problems, onChange }: Props) {
  const { title, name, effect, parameters } = draft
  const follows = isNew && name === nameFor(title)
  return (
    <>
      <SheetPart title={t('actions.name')}>
        <div className={css.fields}>
          <NameField
            label={t('action.title')}
            description={t('action.title.hint')}
            maxLength={60}
            error={problems.title}
            value={title}
            onChange={(next) => onChange({ title: next, ...(follows ? { name: nameFor(next) } : {}) })}
          />
          <TextInput
            label={t('action.name')}
            description={t('action.name.hint')}
            required
            readOnly={!isNew}
            spellCheck={false}
            maxLength={40}
            error={problems.name}
            value={name}
            onChange={(event) => onChange({ name: event.currentTarget.value })}
          />
          <Textarea
            label={t('action.effect')}
            description={t('action.effect.hint', { key: '{key}' })}
            required
            autosize
            minRows={2}
            maxLength={300}
            error={problems.effect}
            value={effect}
            onChange={(event) => onChange({ effect: event.currentTarget.value })}
          />
        </div>
      </SheetPart>
      <SheetPart title={t('action.parameters')}>
        <ParametersEditor
          parameters={parameters}
          error={problems.parameters}
          onChange={(next) => onChange({ parameters: next })}
        />
      </SheetPart>
      <SheetPart title={t('action.who')}>
        <Who draft={draft} problem={problems.approval} onChange={onChange} />
      </SheetPart>
      <SheetPart title={t('action.where')}>
        <div className={css.fields}>
          {(['endpoint', 'statusEndpoint'] as const).map((field) => (
            <TextInput
              key={field}
              label={t(`action.${field}`)}
              placeholder="https://"
              required
              type="url"
              maxLength={500}
              error={problems[field]}
              value={draft[field]}
              onChange={(event) => onChange({ [field]: event.currentTarget.value })}
            />
          ))}
        </div>
      </SheetPart>
      <SheetPart title={t('action.expects')}>
        <ExpectsEditor
          expects={draft.expects}
          parameters={parameters}
          error={problems.expects}
          onChange={(expects) => onChange({ expects })}
        />
      </SheetPart>
    </>
  )
}

const roles = ProductActionDefinition.shape.approval.shape.role.options

function Who({ draft, problem, onChange }: Pick<Props, 'draft' | 'onChange'> & { problem: string | undefined }) {
  const { permission, role, above, aboveValue, parameters } = draft
  const numbers = parameters.filter(({ type, name }) => type === 'integer' && name !== '')
  return (
    <div className={css.fields}>
      <Select
        label={t('action.permission')}
        allowDeselect={false}
        data={actionPermissions.map((value) => ({ value, label: t(`action.permission.${value}`) }))}
        value={permission}
        onChange={(value) => onChange({ permission: value as ActionDraft['permission'] })}
      />
      <div className={css.pair}>
        <Select
          label={t('action.approval')}
          allowDeselect={false}
          data={roles.map((value) => ({ value, label: t(`actions.approval.${value}`) }))}
          value={role}
          error={problem}
          onChange={(value) => onChange({ role: value as ActionDraft['role'] })}
        />
        {role !== 'none' && numbers.length > 0 && (
          <Select
            label={t('action.above')}
            allowDeselect={false}
            data={[
              { value: '', label: t('action.above.always') },
              ...numbers.map(({ name, label }) => ({ value: name, label: label || name })),
            ]}
            value={above}
            onChange={(value) => onChange({ above: value ?? '' })}
          />
        )}
        {role !== 'none' && above !== '' && (
          <TextInput
            label={t('action.above.value')}
            inputMode="numeric"
            maxLength={12}
            value={aboveValue}
            onChange={(event) => onChange({ aboveValue: event.currentTarget.value })}
          />
        )}
      </div>
      {(['needsAuthority', 'destructive', 'enabled'] as const).map((flag) => (
        <Switch
          key={flag}
          label={t(`action.${flag}`)}
          checked={draft[flag]}
          onChange={(event) => onChange({ [flag]: event.currentTarget.checked })}
        />
      ))}
    </div>
  )
}
