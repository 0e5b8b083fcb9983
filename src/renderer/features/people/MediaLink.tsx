import Images from 'lucide-react/icons/images'
import { useTranslation } from 'react-i18next'
import { useServices } from '../../services/use-services.ts'
import styles from './Details.module.css'

/** Opens the chat's photos, files and links. */
export function MediaLink() {
  const { t } = useTranslation()
  const { app } = useServices()
  return (
    <button type="button" className={styles['block']} onClick={() => app.navigate({ mediaOpen: true })}>
      <Images size={18} aria-hidden />
      {t('mediaView.gallery')}
    </button>
  )
}
