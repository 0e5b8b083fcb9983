import { displayLine } from '#shared/domain/display-text.ts'
import { inlinePictureUrl } from '#shared/domain/inline-picture.ts'
import { LINK_LIMITS, type LinkPreview } from '#shared/messages/link-preview.ts'

/** The picture of a page, if it has one. It says nothing that the words do not say. */
export function LinkPicture({
  image,
  className,
}: Pick<LinkPreview, 'image'> & { className: string | undefined }) {
  return image && <img className={className} src={inlinePictureUrl(image)} alt="" draggable={false} />
}

export function titleOf({ title }: LinkPreview): string {
  return displayLine(title, LINK_LIMITS.title)
}

export function descriptionOf({ description }: LinkPreview): string {
  return displayLine(description, LINK_LIMITS.description)
}

/** The server that the link leads to. Unlike the other words, nobody can choose it freely. */
export function hostOf({ url }: LinkPreview): string {
  return new URL(url).host.replace(/^www\./u, '')
}
