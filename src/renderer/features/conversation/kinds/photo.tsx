import type { BodyProps, KindView } from './kind.ts'
import { useTranslation } from 'react-i18next'
import { Placeholder } from '../BubbleFrame.tsx'

function Body({ meta }: BodyProps<'photo'>) {
  const { t } = useTranslation()
  return <Placeholder text={t('message.photo')} meta={meta} />
}

export const photo: KindView<'photo'> = {
  Body,
  frame: () => 'bubble',
  estimateHeight: () => 33,
}
