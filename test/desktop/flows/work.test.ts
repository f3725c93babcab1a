import { startDouble } from '../double'
import { workScenes } from '../scenes/work'

workScenes(startDouble)
