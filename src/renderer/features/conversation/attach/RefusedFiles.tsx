import type { i18n as I18n } from 'i18next'
import { useTranslation } from 'react-i18next'
import { displayLine } from '#shared/domain/display-text.ts'
import { STAGED_LIMIT } from '#shared/domain/staged.ts'
import { ATTACHMENT_LIMIT } from '#shared/messages/attachment.ts'
import type { RefusedFile } from '../../../stores/staging.ts'
import { displaySize } from '#shared/domain/display-size.ts'
import styles from './StagingSheet.module.css'

/** Whoever drops a thousand folders needs no thousand lines. */
const SHOWN = 5
/** Longest name that is shown, in characters. */
const NAME = 60
/** The limit in round numbers: people count in millions of bytes. */
const ROUND_LIMIT = Math.floor(ATTACHMENT_LIMIT / 1e7) * 1e7

/** Says which files are not sent, or not as a photo, and why. Screen readers announce it. */
export function RefusedFiles({ refused }: { refused: readonly RefusedFile[] }) {
  const { t, i18n } = useTranslation()
  const more = refused.length - SHOWN
  return (
    <div role="alert">
      {refused.length > 0 && (
        <ul className={styles['refused']}>
          {refused.slice(0, SHOWN).map(({ name, size, problem }, index) => (
            // The list only grows.
            <li key={index}>
              <bdi className={styles['refusedName']}>{displayLine(name, NAME)}</bdi>{' '}
              {problemText(i18n, problem, size)}
            </li>
          ))}
          {more > 0 && <li>{t('attach.moreRefused', { count: more })}</li>}
        </ul>
      )}
    </div>
  )
}

function problemText({ t, language }: I18n, problem: RefusedFile['problem'], size: number): string {
  if (problem === 'tooMany') return t('attach.problem.tooMany', { max: STAGED_LIMIT })
  if (problem !== 'tooLarge') return t(`attach.problem.${problem}`)
  return t('attach.problem.tooLarge', {
    size: displaySize(size, language),
    limit: displaySize(ROUND_LIMIT, language),
  })
}
