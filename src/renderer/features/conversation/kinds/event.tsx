import { useTranslation } from 'react-i18next'
import { describeBody } from '#shared/messages/describe-body.ts'
import type { BodyProps, KindView } from './kind.ts'

function EventBody({ body, sender, meta }: BodyProps<'event'>) {
  const { t } = useTranslation()
  return (
    <>
      {describeBody(t, body, sender).text} {meta}
    </>
  )
}

export const event: KindView<'event'> = {
  Body: EventBody,
  frame: () => 'pill',
  estimateHeight: () => 24,
}
