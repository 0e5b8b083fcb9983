import Link from 'lucide-react/icons/link'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { lazyPart } from '../../ui/lazy-part.ts'
import styles from './Details.module.css'
import type { GroupPartProps } from './GroupDetails.tsx'
import { JoinRequests } from './JoinRequests.tsx'

const InviteDialog = lazyPart(async () => (await import('./InviteDialog.tsx')).InviteDialog)

/** For admins: the group's link, and who asks to join with it. */
export function GroupInvite({ chat }: Pick<GroupPartProps, 'chat'>) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <button type="button" className={styles['block']} onClick={() => setOpen(true)}>
        <Link size={18} aria-hidden />
        {t('invite.link')}
      </button>
      <JoinRequests chatId={chat.id} />
      <Suspense fallback={null}>
        {isOpen && <InviteDialog chat={chat} onClose={() => setOpen(false)} />}
      </Suspense>
    </>
  )
}
