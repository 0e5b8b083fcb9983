import { useTranslation } from 'react-i18next'
import { displayLine, displayName, personTitle } from '#shared/domain/display-text.ts'
import type { UserId } from '#shared/domain/ids.ts'
import { ABOUT_LIMIT, NAME_LIMIT, nameOf, type Person } from '#shared/domain/person.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { formatPhone } from '../../ui/phone/phone-number.ts'
import { RowButton, type RowProps } from './RowButton.tsx'
import styles from './RowButton.module.css'

interface PersonRowProps extends RowProps {
  id: UserId
  person: Person | undefined
  showPhone: boolean
}

export function PersonRow({ id, person, showPhone, ...row }: PersonRowProps) {
  const { t } = useTranslation()
  const name = displayName(nameOf(person), NAME_LIMIT)
  const phone = person?.phone ?? null
  return (
    <RowButton
      {...row}
      icon={<Avatar id={id} name={personTitle(person)} size="s" picture={person?.photo?.small ?? null} />}
    >
      <bdi className={styles['name']}>
        {name || (phone === null ? t('app.unknownPerson') : formatPhone(phone))}
      </bdi>
      <bdi className={styles['line']}>{displayLine(person?.about ?? '', ABOUT_LIMIT)}</bdi>
      {showPhone && name !== '' && phone !== null && (
        <bdi dir="ltr" className={styles['line']}>
          {formatPhone(phone)}
        </bdi>
      )}
    </RowButton>
  )
}
