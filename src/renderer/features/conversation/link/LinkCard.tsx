import clsx from 'clsx'
import type { LinkPreview } from '#shared/messages/link-preview.ts'
import styles from './LinkCard.module.css'
import { descriptionOf, hostOf, LinkPicture, titleOf } from './LinkFacts.tsx'
import { linkProps } from './link-props.ts'

/** Height with the gap below, in px. It is the same for every preview. */
export const CARD_PX = 78

/** The preview of a link in its bubble. It opens as the link does. */
export function LinkCard({ link, onLink }: { link: LinkPreview; onLink: (url: string) => void }) {
  const description = descriptionOf(link)
  return (
    <a className={styles['card']} {...linkProps(link.url, onLink)} data-sized>
      <LinkPicture image={link.image} className={styles['picture']} />
      <span className={styles['texts']}>
        <span className={clsx(styles['title'], description === '' && styles['alone'])}>
          <bdi>{titleOf(link)}</bdi>
        </span>
        {description !== '' && (
          <span className={styles['description']}>
            <bdi>{description}</bdi>
          </span>
        )}
        <span className={styles['host']}>
          <bdi>{hostOf(link)}</bdi>
        </span>
      </span>
    </a>
  )
}
