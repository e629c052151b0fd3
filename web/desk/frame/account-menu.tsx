import { Menu, UnstyledButton, useMantineColorScheme } from '@mantine/core'
import { IconCheck, IconKeyboard, IconLogout, IconUser } from '@tabler/icons-react'
import { signOut } from '../auth.ts'
import { t } from '../messages/translate.ts'
import { useGo } from '../page-params.ts'
import { paths } from '../paths.ts'
import { queryClient } from '../query-client.ts'
import { useMe } from '../session.ts'
import { Avatar } from '../ui/avatar.tsx'
import { errorToast } from '../ui/toast.tsx'
import css from './account-menu.module.css'
import { useDensity } from './density.ts'
import { openKeysSheet } from './overlays.ts'

const schemes = ['auto', 'light', 'dark'] as const
const densities = ['compact', 'comfortable'] as const

/** Who is signed in, how the page looks to them, and the way out. */
export function AccountMenu() {
  const { agent, key } = useMe()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const [density, setDensity] = useDensity()
  const go = useGo()
  const name = agent?.name ?? key?.name ?? ''
  const leave = async (): Promise<void> => {
    try {
      await signOut()
      queryClient.clear()
      go(paths.signIn())
    } catch (error) {
      errorToast(error)
    }
  }
  const tick = (on: boolean) => <IconCheck size={16} stroke={1.75} visibility={on ? 'visible' : 'hidden'} aria-hidden />
  return (
    <Menu position="right-end" width={232}>
      <Menu.Target>
        <UnstyledButton className={css.button}>
          <span className="sr-only">{t('frame.account')}</span>
          <Avatar name={name} seed={agent?.id} size={24} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={css.who}>
          <div className="truncate">{name}</div>
          <div className={`muted truncate ${css.mail}`}>{agent?.email}</div>
        </div>
        <Menu.Divider />
        <Menu.Item leftSection={<IconUser size={16} stroke={1.5} />} onClick={() => go(paths.settings())}>
          {t('frame.account')}
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={16} stroke={1.5} />} onClick={openKeysSheet}>
          {t('frame.shortcuts')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t('frame.scheme')}</Menu.Label>
        {schemes.map((scheme) => (
          <Menu.Item
            key={scheme}
            aria-current={scheme === colorScheme || undefined}
            closeMenuOnClick={false}
            leftSection={tick(scheme === colorScheme)}
            onClick={() => setColorScheme(scheme)}
          >
            {t(`frame.scheme.${scheme}`)}
          </Menu.Item>
        ))}
        <Menu.Label>{t('frame.density')}</Menu.Label>
        {densities.map((option) => (
          <Menu.Item
            key={option}
            aria-current={option === density || undefined}
            closeMenuOnClick={false}
            leftSection={tick(option === density)}
            onClick={() => setDensity(option)}
          >
            {t(`frame.density.${option}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} stroke={1.5} />} onClick={() => void leave()}>
          {t('frame.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
