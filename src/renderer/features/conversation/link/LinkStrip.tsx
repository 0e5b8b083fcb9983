import X from 'lucide-react/icons/x'
import { useTranslation } from 'react-i18next'
import { isolated } from '#shared/domain/display-text.ts'
import type { LinkPreview } from '#shared/messages/link-preview.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { LiveRegion } from '../../../ui/VisuallyHidden.tsx'
import { hostOf, LinkPicture, titleOf } from './LinkFacts.tsx'
import styles from './LinkStrip.module.css'

/** Above the composer: the preview that the message will have. */
export function LinkStrip({ preview, onDismiss }: { preview: LinkPreview; onDismiss: () => void }) {
  const { t } = useTranslation()
  const title = titleOf(preview)
  return (
    <div className={styles['strip']}>
      <LiveRegion>{t('links.added', { title: isolated(title) })}</LiveRegion>
      <LinkPicture image={preview.image} className={styles['picture']} />
      <span className={styles['texts']}>
        <span className={styles['title']}>
          <bdi>{title}</bdi>
        </span>
        <span className={styles['host']}>
          <bdi>{hostOf(preview)}</bdi>
        </span>
      </span>
      <IconButton label={t('links.remove')} side="top" onClick={onDismiss}>
        <X size={18} aria-hidden />
      </IconButton>
    </div>
  )
}
