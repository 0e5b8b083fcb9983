import type { BodyProps, KindView } from './kind.ts'
import { useTranslation } from 'react-i18next'
import { Placeholder } from '../BubbleFrame.tsx'

function Body({ meta }: BodyProps<'file'>) {
  const { t } = useTranslation()
  return <Placeholder text={t('message.file')} meta={meta} />
}

export const file: KindView<'file'> = {
  Body,
  frame: () => 'bubble',
  estimateHeight: () => 33,
}
