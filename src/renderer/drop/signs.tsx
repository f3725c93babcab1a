import {
  IconFileText,
  IconFrame,
  IconLayoutGrid,
  IconListDetails,
  IconMask,
  IconPhotoScan,
  IconPlayerSkipBack,
  IconPlayerSkipForward,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { idOf, type Target } from './targets'

type Id = ReturnType<typeof idOf>

const signs: Record<Id, typeof IconFrame> = {
  first: IconPlayerSkipBack,
  last: IconPlayerSkipForward,
  reference: IconPhotoScan,
  mask: IconMask,
  both: IconFrame,
  each: IconLayoutGrid,
  prompts: IconListDetails,
  brief: IconFileText,
}

/** The sign of a place for what is brought in. */
export function TargetSign({ target, size }: { target: Target; size: number }): ReactNode {
  const Sign = signs[idOf(target)]
  return <Sign size={size} stroke={1.5} />
}
