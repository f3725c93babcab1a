import { stepsOf, type StepName } from '../steps'

export type TestName = StepName<'runway'>

/** One answered step of a test, in the sentences `test.runway.<name>` and the remedy that stands beside them. */
export const step = stepsOf('runway')
