import type { BodyProps, KindView } from './kind.ts'
import { useTranslation } from 'react-i18next'
import { Placeholder } from '../BubbleFrame.tsx'

function Body({ meta }: BodyProps<'voice'>) {
  const { t } = useTranslation()
  return <Placeholder text={t('message.voice')} meta={meta} />
}

export const voice: KindView<'voice'> = {
  Body,
  frame: () => 'bubble',
  estimateHeight: () => 33,
}
