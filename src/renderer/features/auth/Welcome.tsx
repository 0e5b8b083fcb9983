import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { AuthCard } from './AuthCard.tsx'
import { ProxyLink } from './ProxyLink.tsx'

export function Welcome({ onStart }: { onStart: () => void }) {
  const { t } = useTranslation()
  return (
    <AuthCard title={t('auth.welcome')} text={t('auth.tagline')}>
      <Button variant="primary" size="l" wide autoFocus onClick={onStart}>
        {t('auth.start')}
      </Button>
      <ProxyLink />
    </AuthCard>
  )
}
