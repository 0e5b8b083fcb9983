import type { TFunction } from 'i18next'
import { notify } from '../toasts.ts'

/** The toasts about what the person does with files. */
export function fileNotices(t: TFunction) {
  return {
    onMissing: () => notify(t('mediaView.missing'), 'error'),
    onCopied: () => notify(t('mediaView.copied')),
    onSaved: (show: () => void) =>
      notify(t('mediaView.saved'), 'info', { label: t('mediaView.showSaved'), run: show }),
    onMoved: () => notify(t('mediaView.moved'), 'error'),
    onProgram: () => notify(t('mediaView.program'), 'error'),
  }
}
