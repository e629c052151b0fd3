import '@fontsource-variable/inter/wght.css'
import '@mantine/core/styles.layer.css'
import '@mantine/notifications/styles.layer.css'
import './global.css'
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import * as z from 'zod'
import { paths } from './paths.ts'
import { onSessionLost, queryClient } from './query-client.ts'
import { router } from './routes.tsx'
import { meQuery } from './session.ts'
import { pressKey } from './shortcuts.ts'
import { cssVariables, schemeStore, theme } from './theme.ts'
import { watchFocus } from './ui/last-focus.ts'

// zod's compiled parsers need eval, which the content policy forbids.
z.config({ jitless: true })

onSessionLost(() => {
  const { pathname, searchStr } = router.state.location
  const wasSignedIn = queryClient.getQueryData(meQuery.queryKey) !== undefined
  if (wasSignedIn && pathname !== '/sign-in') void router.navigate({ href: paths.signIn(pathname + searchStr, true) })
})

addEventListener('keydown', pressKey)
watchFocus()

const root = document.getElementById('root')
if (root)
  createRoot(root).render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        colorSchemeManager={schemeStore}
        defaultColorScheme="auto"
        deduplicateInlineStyles
      >
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  )
