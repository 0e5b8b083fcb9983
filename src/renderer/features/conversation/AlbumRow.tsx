import { memo, type CSSProperties, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { clockTime } from '#shared/domain/display-time.ts'
import type { DeliveryState } from '#shared/domain/receipts.ts'
import { albumLayout, ALBUM_WIDTH, type AlbumLayout, type Cell } from './album-layout.ts'
import { BubbleFrame, TextButton } from './BubbleFrame.tsx'
import { Caption } from './kinds/Caption.tsx'
import { BoxCaption, PictureBox } from './kinds/PictureBox.tsx'
import styles from './AlbumRow.module.css'
import { namesIn, ownLabel, RowMeta, SenderName, type SharedRowProps } from './MessageRow.tsx'
import { MARGINS_PX } from './kinds/photo.tsx'
import { estimateHeight } from './kinds/text-layout.ts'
import { PersonAvatar } from './PersonAvatar.tsx'
import { Picture, type PictureBody } from './Picture.tsx'
import type { MessageRow } from './rows.ts'

interface AlbumRowProps extends SharedRowProps {
  cells: readonly MessageRow[]
  last: MessageRow
  /** Of the last message: those before it are at least as far. Null for others' messages. */
  delivery: DeliveryState | null
  expandedIds: ReadonlySet<string>
}

/** Photos and videos that were sent together. */
export const AlbumRow = memo(function AlbumRow(props: AlbumRowProps) {
  const { cells, last, delivery, readBy, senderName, names, showsSender, expandedIds, actions } = props
  const { t, i18n } = useTranslation()
  const first = cells[0] ?? last
  const { own, at } = last
  const time = at === null ? '' : clockTime(at, { now: at, locale: i18n.language })
  const state = delivery === null ? '' : t(`chats.delivery.${delivery}`)
  const sent = own
    ? ownLabel(t, { time, state, isDeleted: false })
    : t('conversation.messageLabel', { sender: senderName, time })
  const label = t('mediaView.albumLabel', { sent, count: cells.length })
  const meta = <RowMeta message={last.message} time={time} delivery={delivery} />
  const captioned = cells.filter(({ message }) => captionOf(message) !== undefined)
  return (
    <BubbleFrame
      id={null}
      label={label}
      own={own}
      startsGroup={first.startsGroup}
      endsGroup={last.endsGroup}
      frame="picture"
      header={
        showsSender && first.startsGroup ? <SenderName message={first.message} name={senderName} /> : null
      }
      avatar={
        showsSender
          ? last.endsGroup && <PersonAvatar id={first.message.senderId} name={senderName} size="xs" />
          : undefined
      }
      contentKey={`${first.key} ${label} ${captioned.map(({ message }) => `${message.id} ${String(message.updatedAt)} ${namesIn(message, names)}`).join(' ')}`}
      notice={null}
      footer={
        readBy !== null && (
          <TextButton onClick={() => actions.showInfo(last.message)}>
            {t('conversation.readByCount', { count: readBy })}
          </TextButton>
        )
      }
    >
      <Grid cells={cells} actions={actions} chip={captioned.length === 0 ? meta : null} />
      {captioned.map(({ message }) => (
        <BoxCaption key={message.id}>
          <div data-message-id={message.id}>
            <Caption
              message={message}
              body={captionOf(message) ?? {}}
              sender={{ own, name: senderName, ...names }}
              expanded={expandedIds.has(message.id)}
              actions={actions}
              meta={message === captioned.at(-1)?.message ? meta : null}
            />
          </div>
        </BoxCaption>
      ))}
    </BubbleFrame>
  )
}, isSame)

/** The rows are built again with each change of the list. An album whose messages are the same does not render again. */
function isSame(before: AlbumRowProps, after: AlbumRowProps): boolean {
  return (
    before.delivery === after.delivery &&
    before.readBy === after.readBy &&
    before.senderName === after.senderName &&
    before.names === after.names &&
    before.showsSender === after.showsSender &&
    before.expandedIds === after.expandedIds &&
    before.actions === after.actions &&
    before.cells.length === after.cells.length &&
    before.cells.every((cell, index) => isSameCell(cell, after.cells[index]))
  )
}

function isSameCell(cell: MessageRow, other: MessageRow | undefined): boolean {
  return (
    cell.message === other?.message &&
    cell.at === other.at &&
    cell.startsGroup === other.startsGroup &&
    cell.endsGroup === other.endsGroup
  )
}

interface GridProps extends Pick<AlbumRowProps, 'cells' | 'actions'> {
  chip: ReactNode
}

function Grid({ cells, actions, chip }: GridProps) {
  const layout = albumLayout(cells.length)
  return (
    <PictureBox width={ALBUM_WIDTH} height={layout.height} chip={chip}>
      {cells.map(({ message }, index) => {
        const place = layout.cells[index]
        const body = pictureOf(message)
        return (
          place !== undefined &&
          body !== null && (
            <div key={message.id} className={styles['cell']} style={placeOf(place, layout)}>
              <Picture
                message={message}
                body={body}
                actions={actions}
                cell={{ number: index + 1, count: cells.length }}
              />
            </div>
          )
        )
      })}
    </PictureBox>
  )
}

/** In shares of the grid, which is smaller in a narrow list. */
function placeOf({ start, top, width, height }: Cell, layout: AlbumLayout): CSSProperties {
  const across = (px: number): string => `${String((px / ALBUM_WIDTH) * 100)}%`
  const down = (px: number): string => `${String((px / layout.height) * 100)}%`
  return {
    insetInlineStart: across(start),
    insetBlockStart: down(top),
    inlineSize: across(width),
    blockSize: down(height),
  }
}

function pictureOf({ body }: MessageRow['message']): PictureBody | null {
  return body?.kind === 'photo' || body?.kind === 'video' ? body : null
}

/** The body of a picture that has words. */
function captionOf(message: MessageRow['message']): PictureBody | undefined {
  const body = pictureOf(message)
  return body?.text === undefined ? undefined : body
}

/** Estimated height of an album in px, before it is measured. */
export function estimateAlbumHeight(cells: readonly MessageRow[]): number {
  const texts = cells.flatMap(({ message }) => captionOf(message)?.text ?? [])
  const below = texts.reduce((sum, text) => sum + estimateHeight(text) - MARGINS_PX, 0)
  return albumLayout(cells.length).height + MARGINS_PX + below
}
