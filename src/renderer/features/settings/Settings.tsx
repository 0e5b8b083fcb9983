import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Phone, UserId } from '#shared/domain/ids.ts'
import { useServices } from '../../services/use-services.ts'
import { SidePane } from '../../ui/SidePane.tsx'
import { BlockedPeople } from './BlockedPeople.tsx'
import { ProfileForm } from './ProfileForm.tsx'
import { SettingsHome } from './SettingsHome.tsx'

type Page = 'home' | 'profile' | 'blocked'

interface SettingsProps {
  me: UserId
  phone: Phone
  onShowShortcuts: () => void
}

export function Settings({ me, phone, onShowShortcuts }: SettingsProps) {
  const { t } = useTranslation()
  const { app } = useServices()
  const [page, setPage] = useState<Page>('home')
  const titles = {
    home: t('settings.title'),
    profile: t('settings.profile'),
    blocked: t('settings.blocked'),
  } as const satisfies Record<Page, string>
  const back = (): void => {
    if (page === 'home') app.navigate({ pane: 'chats' })
    else setPage('home')
  }
  return (
    <SidePane title={titles[page]} back={{ label: t('app.back'), onBack: back }}>
      {page === 'home' && (
        <SettingsHome me={me} phone={phone} onPage={setPage} onShowShortcuts={onShowShortcuts} />
      )}
      {page === 'profile' && <ProfileForm me={me} phone={phone} onDone={() => setPage('home')} />}
      {page === 'blocked' && <BlockedPeople />}
    </SidePane>
  )
}
