import type { BodyProps, KindView } from './kind.ts'
import { useTranslation } from 'react-i18next'
import { Placeholder } from '../BubbleFrame.tsx'

function Body({ meta }: BodyProps<'video'>) {
  const { t } = useTranslation()
  return <Placeholder text={t('message.video')} meta={meta} />
}

export const video: KindView<'video'> = {
  Body,
  frame: () => 'bubble',
  estimateHeight: () => 33,
}
