import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { lazyPart } from '../../ui/lazy-part.ts'

const ProxyDialog = lazyPart(async () => (await import('./ProxyDialog.tsx')).ProxyDialog)

export function ProxyLink() {
  const { t } = useTranslation()
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <Button variant="ghost" wide onClick={() => setIsOpen(true)}>
        {t('auth.network')}
      </Button>
      {isOpen && (
        <Suspense fallback={null}>
          <ProxyDialog onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
