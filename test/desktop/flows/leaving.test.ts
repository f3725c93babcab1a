import { startDouble } from '../double'
import { leavingScenes } from '../scenes/leaving'

leavingScenes(startDouble)
