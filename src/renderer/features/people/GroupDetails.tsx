import UserPlus from 'lucide-react/icons/user-plus'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Chat } from '#shared/domain/chat.ts'
import { displayName } from '#shared/domain/display-text.ts'
import {
  MEMBER_LIMIT,
  mayDo,
  samePolicy,
  TITLE_LIMIT,
  type Group,
  type Policy,
} from '#shared/domain/group.ts'
import type { UserId } from '#shared/domain/ids.ts'
import type { Picture } from '#shared/domain/photo.ts'
import type { EventBody } from '#shared/messages/kinds/event.ts'
import { storePhoto } from '../../services/media/store-photo.ts'
import { useServices } from '../../services/use-services.ts'
import { Button } from '../../ui/Button.tsx'
import { runShortcut } from '../../ui/shortcuts.ts'
import { Select } from '../../ui/Select.tsx'
import { useShowError } from '../../ui/use-show-error.ts'
import { ChatActions } from './ChatActions.tsx'
import { ChatNotifications } from './ChatNotifications.tsx'
import styles from './Details.module.css'
import { DetailsPhoto } from './DetailsPhoto.tsx'
import { EditableText } from './EditableText.tsx'
import { GroupEnd } from './GroupEnd.tsx'
import { GroupInvite } from './GroupInvite.tsx'
import { GroupMembers } from './GroupMembers.tsx'
import { MediaLink } from './MediaLink.tsx'
import { PeoplePicker } from './PeoplePicker.tsx'

export interface GroupPartProps {
  chat: Chat
  group: Group
  me: UserId
  /** Sends the change as a message of the group. Resolves to false when it could not be stored; the person has been told. */
  change: (body: EventBody) => Promise<boolean>
}

/** A group: title, description, members and what this person may change. A former member can only delete it here. */
export function GroupDetails({ chat, group, me }: { chat: Chat; group: Group; me: UserId }) {
  const { t } = useTranslation()
  const { chats } = useServices()
  const showError = useShowError()
  const [adding, setAdding] = useState<'no' | 'open' | 'left'>('no')
  const [picked, setPicked] = useState<readonly UserId[]>([])
  const change = async (body: EventBody): Promise<boolean> => {
    try {
      await chats.changeGroup(chat.id, body)
      return true
    } catch (error) {
      showError(error)
      return false
    }
  }
  const part = { chat, group, me, change }
  if (adding === 'open' && !chat.former && mayDo(group, 'add', me))
    return <AddPeople {...part} picked={picked} onPick={setPicked} onLeave={() => setAdding('left')} />
  return (
    <>
      <div className={styles['head']}>
        <GroupPhoto {...part} />
        <EditableInfo {...part} />
        {!chat.former && (
          <span className={styles['muted']}>
            {t('conversation.members', { count: chat.memberIds.length })}
          </span>
        )}
      </div>
      {!chat.former && <ChatActions chat={chat} me={me} />}
      <MediaLink />
      {!chat.former && (
        <>
          <ChatNotifications
            chat={chat}
            me={me}
            name={displayName(chat.title ?? '', TITLE_LIMIT) || t('chats.group')}
          />
          <GroupMembers {...part} />
          {mayDo(group, 'add', me) && (
            <button
              type="button"
              className={styles['block']}
              // The focus returns here from the people that were picked.
              autoFocus={adding === 'left'}
              onClick={() => setAdding('open')}
            >
              <UserPlus size={18} aria-hidden />
              {t('groups.add')}
            </button>
          )}
          {group.adminIds.includes(me) && <GroupInvite chat={chat} />}
          {group.adminIds.includes(me) && <Policies {...part} />}
        </>
      )}
      <GroupEnd {...part} />
    </>
  )
}

function GroupPhoto({ chat, group, me }: GroupPartProps) {
  const { t } = useTranslation()
  const services = useServices()
  const mayEdit = !chat.former && mayDo(group, 'edit', me)
  const title = displayName(chat.title ?? '', TITLE_LIMIT)
  const place = { chatId: chat.id }
  const save = async (picture: Picture | null): Promise<void> => {
    const photo = picture && (await storePhoto(services, place, picture))
    await services.chats.changeGroup(chat.id, { kind: 'event', event: 'photo', photo })
  }
  return (
    <DetailsPhoto
      id={chat.id}
      title={chat.title ?? ''}
      name={title || t('chats.group')}
      place={place}
      photo={group.photo}
      onChange={mayEdit ? save : null}
    />
  )
}

/** Title and description; each can be edited in place by those who may. */
function EditableInfo({ chat, group, me, change }: GroupPartProps) {
  const { t } = useTranslation()
  const mayEdit = !chat.former && mayDo(group, 'edit', me)
  return (
    <>
      <EditableText
        kind="title"
        text={chat.title ?? ''}
        label={t('groups.title')}
        editLabel={t('groups.editTitle')}
        mayEdit={mayEdit}
        onSave={(title) => change({ kind: 'event', event: 'renamed', title })}
      />
      <EditableText
        kind="description"
        text={group.description}
        label={t('groups.description')}
        editLabel={t('groups.editDescription')}
        mayEdit={mayEdit}
        onSave={(description) => change({ kind: 'event', event: 'described', description })}
      />
    </>
  )
}

interface AddPeopleProps extends GroupPartProps {
  picked: readonly UserId[]
  onPick: (picked: readonly UserId[]) => void
  onLeave: () => void
}

/** Picks people to add. Leaving keeps those who are picked until the details close. */
function AddPeople({ chat, me, picked, onPick, onLeave }: AddPeopleProps) {
  const { t } = useTranslation()
  const { chats } = useServices()
  const showError = useShowError()
  const add = async (): Promise<void> => {
    try {
      await chats.addPeople(chat.id, picked)
      onPick([])
      onLeave()
    } catch (error) {
      showError(error)
    }
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- Escape returns to the details
    <div
      className={styles['adding']}
      onKeyDown={({ nativeEvent }) => {
        if (!nativeEvent.defaultPrevented) runShortcut(nativeEvent, { back: onLeave })
      }}
    >
      <PeoplePicker
        me={me}
        without={chat.memberIds}
        picked={picked}
        limit={MEMBER_LIMIT - chat.memberIds.length}
        onChange={onPick}
      />
      <div className={styles['nameButtons']}>
        <Button onClick={onLeave}>{t('app.cancel')}</Button>
        <Button variant="primary" inactive={picked.length === 0} onClick={() => void add()}>
          {t('groups.add')}
        </Button>
      </div>
    </div>
  )
}

function Policies({ group, change }: GroupPartProps) {
  const { t } = useTranslation()
  // A second change must not undo the first one, which may still wait for the server. A change on the wire replaces both.
  const [chosen, setChosen] = useState({ over: group.policy, policy: group.policy })
  const isCurrent = samePolicy(chosen.over, group.policy)
  const policy = isCurrent ? chosen.policy : group.policy
  const choose = (next: Policy): void => {
    setChosen({ over: group.policy, policy: next })
    void change({ kind: 'event', event: 'policy', policy: next })
  }
  return (
    <div className={styles['facts']}>
      {(['post', 'edit', 'add'] as const).map((name) => (
        <Select
          key={name}
          label={t(`groups.policy.${name}`)}
          value={policy[name]}
          options={[
            { value: 'all', label: t('groups.everyMember') },
            { value: 'admins', label: t('groups.onlyAdmins') },
          ]}
          onChange={(value) => choose({ ...policy, [name]: value })}
        />
      ))}
    </div>
  )
}
